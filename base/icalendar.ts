// Calendars as text that calendar programs subscribe to (RFC 5545). All day or a moment; lines end with CRLF and have at most 75 octets.

export interface CalendarEvent {
  /** The same for the same thing, for ever. */
  uid: string
  title: string
  text: string
  url: string
  /** A date (`2024-12-20`) for the whole day, or a moment in ISO format. */
  at: string
  /** When it was last changed. */
  changed: Date
}

const encoder = new TextEncoder()
const FOLD = 75

const stamp = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** A text value (§3.3.11): what has a meaning in the format is escaped, control characters are left out. */
function value(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n')
}

/** A content line, folded between characters (§3.1). */
function folded(line: string): string {
  let [out, room] = ['', FOLD]
  for (const character of line) {
    const size = encoder.encode(character).length
    if (size > room) {
      out += '\r\n '
      room = FOLD - 1
    }
    out += character
    room -= size
  }
  return `${out}\r\n`
}

/** A calendar with its events. */
export function icalendar(name: string, events: readonly CalendarEvent[]): string {
  const start = (at: string): string => (at.length === 10 ? `DTSTART;VALUE=DATE:${at.replaceAll('-', '')}` : `DTSTART:${stamp(new Date(at))}`)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Dajuan//Dajuan//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${value(name)}`,
    ...events.flatMap(({ uid, title, text, url, at, changed }) => [
      'BEGIN:VEVENT',
      `UID:${value(uid)}`,
      `DTSTAMP:${stamp(changed)}`,
      start(at),
      'TRANSP:TRANSPARENT',
      `SUMMARY:${value(title)}`,
      `DESCRIPTION:${value(text)}`,
      `URL:${encodeURI(url)}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map(folded).join('')
}
