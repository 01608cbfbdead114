// Clocks in words, for pages and citizens. Pure and browser-safe.

const units = { minutes: '分钟', hours: '小时', days: '天', 'working-days': '个工作日' } as const

/** A span in words: 7个工作日. */
export function spanOf({ within, unit }: { within: number; unit: keyof typeof units }): string {
  return `${within}${units[unit]}`
}
