// What the citizen's pages keep and how they write numbers.

/** Digits in groups that one can read out: 20241220 000123, 1234 5678. */
export function grouped(digits: string): string {
  return digits.length > 8 ? `${digits.slice(0, 8)} ${digits.slice(8)}` : digits.replace(/(\d{4})(?=\d)/g, '$1 ')
}

const KEPT = 'dajuan:12345'

/** Keeps number and code in this tab alone, so that the way from the receipt to the progress needs no typing. */
export function keepForFollowing({ number, code }: { number: string; code: string }): void {
  sessionStorage.setItem(KEPT, JSON.stringify({ number, code }))
}

/** What was kept; empty where nothing was. */
export function keptForFollowing(): { number: string; code: string } {
  try {
    const { number, code } = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}')
    return { number: String(number ?? ''), code: String(code ?? '') }
  } catch {
    return { number: '', code: '' }
  }
}
