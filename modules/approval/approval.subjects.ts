// What can be sent for approval: later modules tell how their things are read, server/app/modules.ts lists them, and approval knows no more.
import type { Tx } from '#server/kit/db.ts'

/** A thing as it stands now. */
export interface Content {
  title: string
  /** The unit or Party organisation that it is about; null where it is about many. */
  bodyId: string | null
  /** Its page. */
  address: string
  /** Of everything that is approved with it: when this differs, it is another thing. */
  hash: string
  /** What a signer and the readers of a notice are told of it, a sentence each; nothing that only some may see. */
  summary: string[]
  /** Why it can't be sent in as it is, as a sentence that says what to do; absent where it can. */
  stop?: string
}

export interface Subject {
  /** As routes name it: `sheet`. */
  kind: string
  /** In Chinese: 答卷. */
  name: string
  /** The thing with this id, or undefined where there is none. The transaction sees the tenant. */
  read: (tx: Tx, id: string) => Promise<Content | undefined>
}

const subjects = new Map<string, Subject>()

/** Makes the kinds of subject known; called once, by the app. */
export function useSubjects(list: readonly Subject[]): void {
  for (const subject of list) subjects.set(subject.kind, subject)
}

/** The kind of subject, or undefined where nobody has told of it. */
export function subjectOf(kind: string): Subject | undefined {
  return subjects.get(kind)
}
