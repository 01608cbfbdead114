// What we write as a calendar, taken apart by a strict reader of RFC 5545 and compared with what went in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { draws } from '#test/draws.ts'
import { readCalendar as read } from '#test/read-calendar.ts'
import { type CalendarEvent, icalendar } from './icalendar.ts'

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
