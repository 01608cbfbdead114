// A visit on a phone: downloaded, answered without network, sent when there is one, nothing twice and nothing lost.
import { CallError, call, sentence, upload } from '#web/kit/api/call.ts'
import { dropKept, keep, readKept } from '#web/kit/forms/kept.ts'
import { sessionState, startSession } from '#web/kit/session/session.svelte.ts'
import { attachToAnswer, type NewAnswer, type NewSignature, readVisit, sendAnswers, signVisit, type VisitPage } from '../inspection.contract.ts'
import { readyOffline } from './offline.ts'
import { answering, answersOn, type Kept, nothing, signing, synced, trying, type Unsent, waiting } from './phone.ts'

/** How long to wait before the network is tried again, in ms: doubled each time. A browser says "online" before, and sometimes without, any packet passing. */
const [shortestPause, longestPause] = [2000, 60_000]

/** Makes the state of one visit; to be called while a component starts. */
export function openVisit(visitId: string) {
  const [pageName, unsentName] = [`visit:${visitId}`, `visit-unsent:${visitId}`]
  let kept = $state.raw<Kept | null>(null)
  let downloadedAt = $state<number | null>(null)
  let isOnline = $state(navigator.onLine)
  let isBusy = $state(false)
  let problem = $state('')
  let error = $state.raw<unknown>(null)
  /** False where the page itself can't be opened without network. */
  let opensOffline = $state(true)
  let isFull = $state(false)
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let pause = shortestPause

  async function store(next: Kept): Promise<void> {
    kept = next
    const [one, other] = [
      waiting(next.unsent) === 0 ? await dropKept(unsentName).then(() => true) : await keep(unsentName, next.unsent, { stays: true }),
      await stored(next),
    ]
    isFull = !one || !other
  }
  async function stored({ page }: Kept): Promise<boolean> {
    return downloadedAt === null ? true : keep(pageName, page, { at: downloadedAt })
  }

  /** What the browser has, then what the server has. */
  async function start(): Promise<void> {
    const [page, unsent] = await Promise.all([readKept<VisitPage>(pageName), readKept<Unsent>(unsentName)])
    if (page !== null) {
      kept = { page: page.value, unsent: unsent?.value ?? nothing() }
      downloadedAt = page.at
    }
    await renew(unsent?.value)
  }

  async function renew(unsent?: Unsent): Promise<void> {
    try {
      const page = await call(readVisit, { params: { visitId } })
      reached()
      error = null
      await store(synced(kept ?? { page, unsent: unsent ?? nothing() }, page))
      if (kept !== null && waiting(kept.unsent) > 0) await sync()
    } catch (cause) {
      if (cause instanceof CallError && cause.code === 'offline') unreached()
      if (kept === null) error = cause
    }
  }

  /** Takes the visit along for a day. */
  async function download(): Promise<void> {
    if (kept === null || isBusy) return
    isBusy = true
    opensOffline = await readyOffline()
    downloadedAt = Date.now()
    isFull = !(await stored(kept))
    if (isFull) downloadedAt = null
    isBusy = false
  }

  /** Sends what waits: answers, then photos, then the signature. One at a time; what comes meanwhile is sent after it. */
  async function sync(): Promise<void> {
    if (kept === null || waiting(kept.unsent) === 0) return
    if (isBusy) {
      again = true
      return
    }
    isBusy = true
    problem = ''
    try {
      do {
        again = false
        await sendAll()
      } while (again)
      reached()
    } catch (cause) {
      if (cause instanceof CallError && cause.code === 'offline') unreached()
      else problem = sentence(cause)
    } finally {
      isBusy = false
    }
  }

  async function sendAll(): Promise<void> {
    if (kept === null) return
    const params = { visitId }
    if (kept.unsent.answers.length > 0) {
      const { answers } = kept.unsent
      await store(trying(kept))
      const { page } = await call(sendAnswers, { params, body: { answers: answers.slice(0, 200) } })
      await store(synced(kept, page))
    }
    for (const photo of kept.unsent.photos.filter(({ answer }) => kept?.page.answers.some(({ answerId }) => answerId === answer))) {
      await upload(attachToAnswer, { params, query: { answer: photo.answer, name: photo.name } }, photo.file as File)
      await store({ ...kept, unsent: { ...kept.unsent, photos: kept.unsent.photos.filter((one) => one !== photo) } })
    }
    const { signature } = kept.unsent
    if (signature !== null && kept.unsent.answers.length === 0) {
      try {
        await call(signVisit, { params, body: signature })
      } catch (cause) {
        // Signed is what was seen: where that has changed, it has to be seen and signed anew.
        if (cause instanceof CallError && cause.status === 409) await store({ ...kept, unsent: { ...kept.unsent, signature: null } })
        throw cause
      }
      await store({ ...kept, unsent: { ...kept.unsent, signature: null } })
    }
    await store(synced(kept, await call(readVisit, { params })))
  }

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void sync(), 600)
  }

  function reached(): void {
    isOnline = true
    pause = shortestPause
    clearTimeout(retry)
  }
  /** Nothing got through: what waits is tried again by itself. */
  function unreached(): void {
    isOnline = false
    clearTimeout(retry)
    retry = setTimeout(() => void back(), pause)
    pause = Math.min(2 * pause, longestPause)
  }
  async function back(): Promise<void> {
    if (sessionState() === 'unreachable') await startSession()
    if (sessionState() === 'in') await renew()
    else if (sessionState() === 'unreachable') unreached()
  }
  const away = (): void => {
    isOnline = false
  }

  $effect(() => {
    void start()
    addEventListener('online', back)
    addEventListener('offline', away)
    return () => {
      clearTimeout(timer)
      clearTimeout(retry)
      removeEventListener('online', back)
      removeEventListener('offline', away)
    }
  })

  return {
    get page() {
      return kept?.page ?? null
    },
    get answers() {
      return kept === null ? [] : answersOn(kept)
    },
    get unsent() {
      return kept?.unsent ?? nothing()
    },
    get waiting() {
      return kept === null ? 0 : waiting(kept.unsent)
    },
    get downloadedAt() {
      return downloadedAt
    },
    get online() {
      return isOnline
    },
    get busy() {
      return isBusy
    },
    get problem() {
      return problem
    },
    get error() {
      return error
    },
    get opensOffline() {
      return opensOffline
    },
    get full() {
      return isFull
    },
    start,
    download,
    sync,
    async answer(said: Omit<NewAnswer, 'id' | 'replaces'>): Promise<void> {
      if (kept === null) return
      await store(answering(kept, said))
      soon()
    },
    async photo(answer: string, file: File): Promise<void> {
      if (kept === null) return
      await store({ ...kept, unsent: { ...kept.unsent, photos: [...kept.unsent.photos, { answer, name: file.name || '照片.jpg', file }] } })
      soon()
    },
    async sign(given: Omit<NewSignature, 'heads'>): Promise<void> {
      if (kept === null) return
      await store(signing(kept, given))
      await sync()
    },
  }
}
export type OpenVisit = ReturnType<typeof openVisit>
