// Short messages that need no answer: said to screen readers, gone after a while; errors stay until they are closed.

export interface Toast {
  id: number
  kind: 'done' | 'error'
  text: string
}

let shown = $state<Toast[]>([])
let last = 0

/** The messages on show; reactive. */
export function toasts(): Toast[] {
  return shown
}

/** Says that something is done. */
export function say(text: string): void {
  show('done', text)
}

/** Says that something failed, and how to go on. */
export function warn(text: string): void {
  show('error', text)
}

/** Takes a message away. */
export function dismiss(id: number): void {
  shown = shown.filter((toast) => toast.id !== id)
}

function show(kind: Toast['kind'], text: string): void {
  last += 1
  const id = last
  shown = [...shown, { id, kind, text }].slice(-3)
  if (kind === 'done') setTimeout(() => dismiss(id), 5000)
}
