// The state of a form: values, field errors from the server, sending, and a draft kept while it is typed.
import { fieldErrors, sentence } from '#web/kit/api/call.ts'
import { dropDraft, keepDraft, readDraft } from './draft.ts'

interface Options<V, R> {
  /** The form's name for its draft, e.g. `record:new:lecture`; none keeps no draft (sign-in). */
  draft?: string
  initial: () => V
  send: (values: V) => Promise<R>
  done?: (reply: R) => void
}

/** Makes a form; bind inputs to `form.values.x`, show `form.errors.x`, call `form.submit`. Must be made while a component starts. */
export function createForm<V extends Record<string, unknown>, R>(options: Options<V, R>) {
  const kept = options.draft ? readDraft<V>(options.draft) : null
  const start = kept ? { ...options.initial(), ...kept.values } : options.initial()
  let values = $state<V>(start)
  let errors = $state<Record<string, string>>({})
  let message = $state('')
  let busy = $state(false)
  let restored = $state(kept?.at ?? null)
  let untouched = JSON.stringify(start)
  let timer: ReturnType<typeof setTimeout> | undefined

  $effect(() => {
    const now = JSON.stringify(values)
    if (!options.draft || now === untouched) return
    clearTimeout(timer)
    const name = options.draft
    timer = setTimeout(() => keepDraft(name, JSON.parse(now)), 300)
  })

  function forget(): void {
    clearTimeout(timer)
    if (options.draft) dropDraft(options.draft)
    restored = null
  }

  async function submit(event?: Event): Promise<void> {
    event?.preventDefault()
    if (busy) return
    busy = true
    errors = {}
    message = ''
    try {
      const reply = await options.send($state.snapshot(values) as V)
      forget()
      untouched = JSON.stringify($state.snapshot(values))
      options.done?.(reply)
    } catch (error) {
      errors = fieldErrors(error)
      message = sentence(error)
      setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    } finally {
      busy = false
    }
  }

  return {
    get values() {
      return values
    },
    get errors() {
      return errors
    },
    get message() {
      return message
    },
    get busy() {
      return busy
    },
    /** When a draft was found: the moment it was kept; the page offers `startAnew`. */
    get restored() {
      return restored
    },
    submit,
    /** Throws the draft away and empties the form. */
    startAnew() {
      forget()
      values = options.initial()
      untouched = JSON.stringify($state.snapshot(values))
      errors = {}
      message = ''
    },
  }
}
