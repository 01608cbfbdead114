// What people write to the hotline, as it is kept: without control characters and letters without width; what is shown is escaped where it is shown.
import { Refusal } from '#base/errors.ts'

/** Halves of characters and what turns the writing round. */
const hostile = /\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u

function checked(field: string, text: string): string {
  if (hostile.test(text)) throw new Refusal('invalid', '有看不见的控制字符，请删掉重新输入。', [{ field, message: '有看不见的控制字符' }])
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
  return text.replace(/[\u200b\u2060\ufeff]|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
}

/** A text of lines: ends of lines evened out, at most one empty line between two. */
export function cleanText(field: string, text: string): string {
  return checked(field, text)
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A text of one line. */
export function cleanLine(field: string, text: string): string {
  return checked(field, text).replace(/\s+/g, ' ').trim()
}
