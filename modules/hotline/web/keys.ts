// Keys of the hotline's pages: single letters, never while somebody types.

/** The key that was pressed, or nothing where it belongs to a field, a dialog or the browser. */
export function keyOf(event: KeyboardEvent): string {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return ''
  const target = event.target as HTMLElement | null
  if (target?.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog, [role=tablist]')) return ''
  return event.key
}
