// What calendar programs read: a text taken apart by the grammar of RFC 5545, strictly. No parser of others is among the packages;
// this reading follows the RFC's own rules and shares nothing with the writer.
import assert from 'node:assert/strict'

/** Content lines (§3.1): octets, CRLF, folding by CRLF and one space; a fold never breaks a UTF-8 sequence here. */
function contentLines(text: string): { name: string; parameters: string; value: string }[] {
  assert.ok(text.endsWith('\r\n'), 'the last line ends with CRLF')
  assert.equal(text.replaceAll('\r\n', '').match(/[\r\n]/), null, 'CR and LF stand together')
  const physical = text.slice(0, -2).split('\r\n')
  for (const line of physical) {
    assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`)
    assert.ok(!line.includes('\uFFFD') && Buffer.from(line).toString() === line, 'no character is cut')
  }
  const lines = text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n')
  return lines.map((line) => {
    // contentline = name *(";" param) ":" value; name = iana-token; VALUE-CHAR = WSP / %x21-7E / NON-US-ASCII
    const found = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^";:,\p{Cc}]+)*):((?:\P{Cc}|\t)*)$/u.exec(line)
    assert.ok(found !== null, `no content line: ${JSON.stringify(line)}`)
    const [, name = '', parameters = '', value = ''] = found
    return { name, parameters, value }
  })
}

/** TEXT = *(TSAFE-CHAR / ":" / DQUOTE / ESCAPED-CHAR) (§3.3.11), as it was before it was escaped. */
function textOf(value: string): string {
  assert.match(value, /^(?:[^\\;,]|\\[\\;,nN])*$/u)
  return value.replace(/\\([\\;,nN])/g, (_whole, mark: string) => (/n/i.test(mark) ? '\n' : mark))
}

interface Component {
  name: string
  properties: ReturnType<typeof contentLines>
  components: Component[]
}

/** The components (§3.4), BEGIN and END in pairs. */
function componentOf(lines: ReturnType<typeof contentLines>): Component {
  const root: Component = { name: '', properties: [], components: [] }
  const open = [root]
  for (const line of lines) {
    const top = open.at(-1) as Component
    if (line.name === 'BEGIN') {
      const begun = { name: line.value, properties: [], components: [] }
      top.components.push(begun)
      open.push(begun)
    } else if (line.name === 'END') assert.equal(open.pop()?.name, line.value)
    else {
      assert.notEqual(top, root, 'nothing stands outside the calendar')
      assert.ok(top.name !== 'VCALENDAR' || top.components.length === 0, 'properties of the calendar stand before its components')
      top.properties.push(line)
    }
  }
  assert.deepEqual([open.length, root.components.length], [1, 1])
  return root.components[0] as Component
}

/** The calendar that a text is; refuses what breaks the grammar. */
export function readCalendar(text: string): { name: string; events: Record<string, string>[] } {
  const calendar = componentOf(contentLines(text))
  const one = ({ properties }: Component, name: string): string => {
    const found = properties.filter((property) => property.name === name)
    assert.equal(found.length, 1, `${name} stands once`)
    const { parameters, value } = found[0] as (typeof found)[number]
    if (name === 'DTSTART') assert.match(`${parameters}:${value}`, /^(;VALUE=DATE:\d{8}|:\d{8}T\d{6}Z)$/)
    if (name === 'DTSTAMP') assert.match(`${parameters}:${value}`, /^:\d{8}T\d{6}Z$/)
    return value
  }
  assert.deepEqual([calendar.name, one(calendar, 'VERSION'), one(calendar, 'PRODID') !== ''], ['VCALENDAR', '2.0', true])
  const events = calendar.components.map((event) => {
    assert.equal(event.name, 'VEVENT')
    const [uid, at, , title, text, url] = ['UID', 'DTSTART', 'DTSTAMP', 'SUMMARY', 'DESCRIPTION', 'URL'].map((name) => one(event, name)) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    assert.doesNotThrow(() => new URL(url))
    return { uid: textOf(uid), at, title: textOf(title), text: textOf(text), url: decodeURI(url) }
  })
  return { name: textOf(one(calendar, 'X-WR-CALNAME')), events }
}
