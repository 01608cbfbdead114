// Rubrics being written: drafts, what a text says and lacks, versions, and what changed between them.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Id, orNull } from '#base/schemas.ts'
import { shown } from '#base/sensitive.ts'
import { BlockLine, DiagnosticRow, FindingRow, GradeLine, ItemLine, RubricId } from '../rubric.contract.ts'

const Text = Type.String()
const Version = Type.Integer({ minimum: 1, maximum: 999_999 })
const VersionOf = Type.Object({ rubric: RubricId, version: Version }, closed)
/** The text of a rubric: large enough for a thousand items. */
const RubricText = Type.String({ maxLength: 500_000 })

export const DraftRow = Type.Object({
  draft: Text,
  rubric: Text,
  title: Text,
  /** What it was begun from; null for one begun blank. */
  base: orNull(Type.Object({ rubric: Text, version: Type.Integer() })),
  author: shown('duty', Text),
  savedBy: shown('duty', Text),
  savedAt: Text,
  /** Counts savings. */
  edition: Type.Integer(),
  /** The version it was last made into. */
  made: orNull(Type.Integer()),
  discarded: Type.Boolean(),
})
export type DraftRow = Static<typeof DraftRow>

/** A draft with its text, and the texts that it extends, nearest first. */
export const DraftPage = Type.Object({
  ...DraftRow.properties,
  text: Text,
  bases: Type.Array(Type.Object({ rubric: Text, version: Text, file: Text, text: Text })),
})
export type DraftPage = Static<typeof DraftPage>

export const ChangeRow = Type.Object({
  what: Text,
  id: Text,
  label: Text,
  how: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('moved'), Type.Literal('changed')]),
  fields: Type.Array(Type.Object({ field: Text, label: Text, before: Text, after: Text })),
  sentence: Text,
})
export type ChangeRow = Static<typeof ChangeRow>

/** What a text says, in words. */
export const Outline = Type.Object({
  rubric: Text,
  version: Text,
  title: Text,
  items: Type.Integer(),
  /** What all items of the blocks are worth together. */
  points: Text,
  blocks: Type.Array(Type.Unsafe<Static<typeof BlockLine>>(BlockLine)),
  bonuses: Type.Array(ItemLine),
  penalties: Type.Array(ItemLine),
  total: Text,
  vetoes: Type.Array(Type.Object({ id: Text, label: Text, when: Text, effect: Text })),
  grades: Type.Array(GradeLine),
})
export type Outline = Static<typeof Outline>

/** A diagnostic with what a person at the page reads; `inBase`: its line is in a text that this one extends. */
export const Problem = Type.Object({ ...DiagnosticRow.properties, sentence: Text, inBase: Type.Boolean() })
export type Problem = Static<typeof Problem>

export const Preview = Type.Object({
  problems: Type.Array(Problem),
  /** Null while there are problems. */
  outline: orNull(Outline),
  /** Against the version asked for; null where none was or while there are problems. */
  changes: orNull(Type.Array(ChangeRow)),
  /** What the burden rules forbid or doubt; empty while the text can’t be read. */
  findings: Type.Array(FindingRow),
})
export type Preview = Static<typeof Preview>

const params = Type.Object({ draft: Id }, closed)

export const listDrafts = endpoint({
  id: 'rubric.drafts',
  needs: 'rubric.edit',
  method: 'GET',
  path: '/api/rubric-drafts',
  summary: 'Drafts of rubrics, the last saved first; those discarded in the last thirty days after them',
  reply: Type.Object({ drafts: Type.Array(DraftRow) }),
})
export const readDraft = endpoint({
  id: 'rubric.draft',
  needs: 'rubric.edit',
  method: 'GET',
  path: '/api/rubric-drafts/:draft',
  summary: 'One draft with its text and the texts it extends',
  params,
  reply: DraftPage,
})
/** `copy` takes a version’s text as the next version’s; `extend` names it as the base and says what differs. */
export const beginDraft = endpoint({
  id: 'rubric.draft-begin',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubric-drafts',
  summary: 'Begins a draft: blank, from a version, or extending one; the same id twice begins once',
  body: Type.Object(
    {
      id: Id,
      rubric: RubricId,
      title: Type.String({ minLength: 2, maxLength: 120 }),
      from: Type.Union([
        Type.Object({ how: Type.Literal('blank') }, closed),
        Type.Object({ how: Type.Union([Type.Literal('copy'), Type.Literal('extend')]), ...VersionOf.properties }, closed),
      ]),
    },
    closed,
  ),
  reply: Type.Object({ draft: Text, edition: Type.Integer(), repeated: Type.Boolean() }),
})
export const saveDraft = endpoint({
  id: 'rubric.draft-save',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubric-drafts/:draft/text',
  summary: 'Saves the text over the edition that was read; refused when somebody else saved meanwhile',
  params,
  body: Type.Object({ edition: Type.Integer({ minimum: 1 }), text: RubricText }, closed),
  reply: Type.Object({ edition: Type.Integer(), savedAt: Text }),
})
export const discardDraft = endpoint({
  id: 'rubric.draft-discard',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubric-drafts/:draft/discard',
  summary: 'Discards a draft; it can be taken back',
  params,
  reply: Type.Object({ draft: Text }),
})
export const restoreDraft = endpoint({
  id: 'rubric.draft-restore',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubric-drafts/:draft/restore',
  summary: 'Takes a discarded draft back',
  params,
  reply: Type.Object({ draft: Text }),
})
export const makeVersion = endpoint({
  id: 'rubric.version-make',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubric-drafts/:draft/version',
  summary: 'Makes the saved text the version that it names, to be sent for approval; a released or used version is not changed',
  params,
  body: Type.Object({ edition: Type.Integer({ minimum: 1 }) }, closed),
  reply: Type.Object({ rubric: Text, version: Type.Integer() }),
})
export const previewRubric = endpoint({
  id: 'rubric.preview',
  needs: 'rubric.edit',
  method: 'POST',
  path: '/api/rubrics/preview',
  summary: 'What is wrong with a text, what it says in words, and what changed against a version; nothing is stored',
  body: Type.Object({ text: RubricText, against: Type.Optional(VersionOf) }, closed),
  reply: Preview,
})

export const VersionRow = Type.Object({
  version: Type.Integer(),
  title: Text,
  writtenAt: Text,
  /** Of the pack’s files, or written on the page. */
  from: Type.Union([Type.Literal('pack'), Type.Literal('page')]),
  usedAt: orNull(Text),
  release: orNull(Text),
  base: orNull(Type.Object({ rubric: Text, version: Type.Integer() })),
})
export type VersionRow = Static<typeof VersionRow>
export const listVersions = endpoint({
  id: 'rubric.versions',
  method: 'GET',
  path: '/api/rubrics/:rubric/versions',
  summary: 'The versions of a rubric, the latest first',
  params: Type.Object({ rubric: RubricId }, closed),
  reply: Type.Object({ versions: Type.Array(VersionRow) }),
})
export const readDiff = endpoint({
  id: 'rubric.diff',
  method: 'GET',
  path: '/api/rubrics/:rubric/diff',
  summary: 'What changed to a version: from another version of the same rubric, or of another',
  params: Type.Object({ rubric: RubricId }, closed),
  query: Type.Object({ version: Version, before: Version, beforeRubric: Type.Optional(RubricId) }, closed),
  reply: Type.Object({ changes: Type.Array(ChangeRow) }),
})
