// Importing members, Party organisations and units from csv and xlsx: a preview that finds every mistake, then all or nothing.
import { type Static, Type } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { closed, Day, Id } from '#base/schemas.ts'

export const ImportKind = Type.Union([Type.Literal('members'), Type.Literal('party-orgs'), Type.Literal('units')])
export type ImportKind = Static<typeof ImportKind>

/** `on`: since when the rows hold that name no day; `mapping`: JSON, column number (from 0) to field, where the guess is not right. */
const asked = { kind: ImportKind, name: Type.String({ minLength: 1, maxLength: 200 }), on: Day, mapping: Type.Optional(Type.String({ maxLength: 4000 })) }
const file = { bodyLimit: 20 * 1024 * 1024, body: Type.Unsafe<Uint8Array>(Type.Any()) }

export const ImportColumn = Type.Object({
  index: Type.Integer(),
  header: Type.String(),
  sample: Type.String(),
  field: Type.Union([Type.String(), Type.Null()]),
  note: Type.String(),
})
export type ImportColumn = Static<typeof ImportColumn>
export const ImportProblem = Type.Object({ line: Type.Integer(), column: Type.String(), value: Type.String(), message: Type.String() })
export type ImportProblem = Static<typeof ImportProblem>
const Counts = Type.Object({ created: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() })
export type ImportCounts = Static<typeof Counts>

export const ImportPreview = Type.Object({
  rows: Type.Integer(),
  columns: Type.Array(ImportColumn),
  fields: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), required: Type.Boolean() })),
  counts: Counts,
  /** The first 200; `errorCount` counts all. A file with errors can't be applied; warnings are for the eye. */
  errors: Type.Array(ImportProblem),
  errorCount: Type.Integer(),
  warnings: Type.Array(ImportProblem),
  sample: Type.Array(Type.Object({ line: Type.Integer(), cells: Type.Array(Type.String()) })),
  /** When the same file was imported before; importing it again has no effect. */
  importedAt: Type.Union([Type.String(), Type.Null()]),
})
export type ImportPreview = Static<typeof ImportPreview>

export const previewImport = endpoint({
  id: 'org.import-preview',
  needs: 'org.import',
  method: 'POST',
  path: '/api/org/imports/preview',
  summary: 'What a file would do: columns recognised, every mistake with line and column; writes nothing',
  reach: 'tenant',
  query: Type.Object(asked, closed),
  ...file,
  reply: ImportPreview,
})
export const applyImport = endpoint({
  id: 'org.import',
  needs: 'org.import',
  method: 'POST',
  path: '/api/org/imports',
  summary: 'Imports a file, all of it or nothing; the same file again has no effect',
  reach: 'tenant',
  query: Type.Object(asked, closed),
  ...file,
  reply: Type.Object({ importId: Id, counts: Counts, rows: Type.Integer(), importedAt: Type.String(), before: Type.Boolean() }),
})
export const listImports = endpoint({
  id: 'org.imports',
  needs: 'org.import',
  method: 'GET',
  path: '/api/org/imports',
  summary: 'The last hundred imports',
  reach: 'tenant',
  reply: Type.Object({
    rows: Type.Array(Type.Object({ id: Id, kind: ImportKind, name: Type.String(), rows: Type.Integer(), counts: Counts, at: Type.String() })),
  }),
})
