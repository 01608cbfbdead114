// What calendar programs read: our text taken apart by the grammar of RFC 5545, strictly, and compared with what went in.
// No parser of others is among the packages; this reading follows the RFC's own rules and shares nothing with the writer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { draws } from '#test/draws.ts'
import { type CalendarEvent, icalendar } from './icalendar.ts'

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

function read(text: string): { name: string; events: Record<string, string>[] } {
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

const event: CalendarEvent = {
  uid: '0190a5b4-0000-7000-8000-000000000001@dajuan',
  title: '问题整改：整改中',
  text: '',
  url: 'https://city.example/matters/0190a5b4',
  at: '2024-12-20',
  changed: new Date('2024-12-01T01:02:03.456Z'),
}

test('an empty calendar is a calendar', () => {
  assert.deepEqual(read(icalendar('我的事项', [])), { name: '我的事项', events: [] })
})

test('a day is a day and a moment is a moment in UTC', () => {
  const { events } = read(icalendar('我的事项', [event, { ...event, uid: 'b', at: '2024-12-20T23:30:00.000Z' }]))
  assert.deepEqual(
    events.map(({ at }) => at),
    ['20241220', '20241220T233000Z'],
  )
})

test('whatever text goes in comes out: separators, line ends, words of the format, characters of four octets', () => {
  const nasty = ['a;b,c\\d\\n', 'END:VEVENT\r\nBEGIN:VEVENT', '\u{20BB7}'.repeat(60), ' 前导空格', `${'字'.repeat(24)}abc`.repeat(9), '"引号"：冒号:']
  for (const text of nasty) {
    const [out] = read(icalendar(text, [{ ...event, title: text, text }])).events
    assert.deepEqual([out?.title, out?.text], [text.replace(/\r\n/g, '\n'), text.replace(/\r\n/g, '\n')])
  }
})

test('drawn texts survive; control characters alone are lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }), (title, text) => {
      const kept = (given: string): string => given.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '')
      const [out] = read(icalendar('x', [{ ...event, title, text }])).events
      assert.deepEqual([out?.title, out?.text], [kept(title), kept(text)])
    }),
    draws(300),
  )
})
