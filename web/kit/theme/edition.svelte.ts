// Which edition of the pages is shown: day, dark, or elder (larger type, stronger contrast). Kept in this browser.

export const editions = [
  { key: 'day', label: '日间' },
  { key: 'dark', label: '夜间' },
  { key: 'elder', label: '大字' },
] as const

export type Edition = (typeof editions)[number]['key']

const place = 'dajuan:edition'
let current = $state<Edition>(asEdition(document.documentElement.dataset.edition))

function asEdition(text: string | undefined): Edition {
  return editions.find((edition) => edition.key === text)?.key ?? 'day'
}

/** The edition now shown; reactive. */
export function edition(): Edition {
  return current
}

/** Shows another edition and remembers it in this browser, where the browser allows that. */
export function chooseEdition(next: Edition): void {
  current = next
  document.documentElement.dataset.edition = next
  try {
    localStorage.setItem(place, next)
  } catch {
    // A browser that keeps nothing still shows the edition until the page is closed.
  }
}
