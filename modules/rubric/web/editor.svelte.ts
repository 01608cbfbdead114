// The text being written: its undo, its saving on the server, and what the server says of it after each pause.
import { CallError, call, sentence } from '#web/kit/api/call.ts'
import { dropDraft, keepDraft, readDraft as readKept } from '#web/kit/forms/draft.ts'
import { type DraftPage, type Preview, previewRubric, saveDraft } from '../drafts/drafts.contract.ts'
import { type Reading, readRubricText } from '../editor/editor-text.rules.ts'

const PREVIEW_MS = 120
const SAVE_MS = 1200
/** What is typed in one field within this time is undone at once. */
const TOGETHER_MS = 1000
const KEPT = 200

/** What this browser keeps of a draft until it is saved: the text and the edition that it was written over. */
interface Kept {
  text: string
  edition: number
}

export type Saved = 'saved' | 'waiting' | 'saving' | 'failed' | 'overtaken'

/** The editor of one draft. */
export function createEditor(draft: DraftPage) {
  let text = $state(draft.text)
  let edition = $state(draft.edition)
  let saved = $state<Saved>('saved')
  let trouble = $state('')
  let preview = $state<Preview | null>(null)
  let previewed = $state('')
  /** Milliseconds from the pause to the words on show. */
  let took = $state<number | null>(null)
  let past = $state.raw<string[]>([])
  let future = $state.raw<string[]>([])
  let last = { at: 0, what: '' }
  const bases = (rubric: string, version: string) => draft.bases.find((one) => one.rubric === rubric && one.version === version)
  let lastRead: Reading | null = null
  const reading = $derived.by(() => {
    lastRead = readRubricText(text, bases) ?? lastRead
    return lastRead
  })
  const [base] = draft.bases
  const against = base !== undefined ? { rubric: base.rubric, version: Number(base.version) } : (draft.base ?? undefined)
  let asking: AbortController | undefined
  let previewTimer: ReturnType<typeof setTimeout> | undefined
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  const kept = `rubric:${draft.draft}`
  const found = readKept<Kept>(kept)
  if (found !== null && found.values.text === draft.text) dropDraft(kept)
  /** What was typed here before and didn't reach the server. */
  let unsaved = $state.raw(
    found !== null && typeof found.values.text === 'string' && found.values.text !== draft.text ? { at: found.at, ...found.values } : null,
  )
  const keep = () => keepDraft(kept, { text, edition } satisfies Kept)

  async function look(): Promise<void> {
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    const asked = text
    const began = performance.now()
    if (saved !== 'saved' && unsaved === null) keep()
    try {
      const reply = await call(previewRubric, { body: { text: asked, ...(against === undefined ? {} : { against }) } }, signal)
      preview = reply
      previewed = asked
      took = Math.round(performance.now() - began)
    } catch (error) {
      if (!signal.aborted) trouble = sentence(error)
    }
  }

  async function save(): Promise<void> {
    clearTimeout(saveTimer)
    if (saved === 'saving' || saved === 'overtaken' || saved === 'saved') return
    const sent = text
    saved = 'saving'
    try {
      const reply = await call(saveDraft, { params: { draft: draft.draft }, body: { edition, text: sent } })
      edition = reply.edition
      saved = text === sent ? 'saved' : 'waiting'
      trouble = ''
      if (unsaved === null) dropDraft(kept)
      if (saved === 'waiting') saveTimer = setTimeout(save, SAVE_MS)
    } catch (error) {
      saved = error instanceof CallError && error.code === 'conflict' ? 'overtaken' : 'failed'
      trouble = sentence(error)
      keep()
    }
  }

  function put(next: string): void {
    text = next
    if (saved !== 'overtaken') saved = 'waiting'
    clearTimeout(previewTimer)
    clearTimeout(saveTimer)
    previewTimer = setTimeout(look, PREVIEW_MS)
    saveTimer = setTimeout(save, SAVE_MS)
  }

  /** Writes a new text; changes of the same thing (`what`) shortly after each other are one step back. */
  function write(next: string, what: string): void {
    if (next === text) return
    const at = Date.now()
    if (last.what !== what || at - last.at > TOGETHER_MS) past = [...past.slice(1 - KEPT), text]
    last = { at, what }
    future = []
    put(next)
  }

  return {
    get text() {
      return text
    },
    get reading() {
      return reading
    },
    /** False while the text can't be read and the tree is that of the last one that could. */
    get isRead() {
      return reading?.text === text
    },
    get preview() {
      return preview
    },
    /** True while the preview is of the text as it stands. */
    get isFresh() {
      return previewed === text
    },
    get took() {
      return took
    },
    get saved() {
      return saved
    },
    get trouble() {
      return trouble
    },
    get unsaved() {
      return unsaved
    },
    /** Goes on with what was typed here before. */
    restore(): void {
      if (unsaved === null) return
      const { text: typed } = unsaved
      unsaved = null
      write(typed, 'restore')
    },
    /** Forgets what was typed here before, or what couldn't be saved. */
    forget(): void {
      unsaved = null
      dropDraft(kept)
    },
    get edition() {
      return edition
    },
    get canUndo() {
      return past.length > 0
    },
    get canRedo() {
      return future.length > 0
    },
    against,
    look,
    save,
    write,
    undo(): void {
      const before = past.at(-1)
      if (before === undefined) return
      future = [...future, text]
      past = past.slice(0, -1)
      last = { at: 0, what: '' }
      put(before)
    },
    redo(): void {
      const next = future.at(-1)
      if (next === undefined) return
      past = [...past, text]
      future = future.slice(0, -1)
      last = { at: 0, what: '' }
      put(next)
    },
    /** Goes on over what somebody else has saved meanwhile. */
    async overwrite(current: number): Promise<void> {
      edition = current
      saved = 'waiting'
      await save()
    },
    stop(): void {
      clearTimeout(previewTimer)
      void save()
    },
  }
}
export type Editor = ReturnType<typeof createEditor>
