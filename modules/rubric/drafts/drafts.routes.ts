// Endpoints of drafts, previews, versions and their differences.
import { type Route, route } from '#server/kit/route.ts'
import {
  beginDraft,
  discardDraft,
  listDrafts,
  listVersions,
  makeVersion,
  previewRubric,
  readDiff,
  readDraft,
  restoreDraft,
  saveDraft,
} from './drafts.contract.ts'
import { begin, diff, draftPage, draftRows, make, preview, save, setDiscarded, versionRows } from './drafts.service.ts'

export const draftRoutes: Route[] = [
  route(listDrafts, async ({ tx }) => ({ drafts: await draftRows(tx) })),
  route(readDraft, ({ tx, params }) => draftPage(tx, params.draft)),
  route(beginDraft, ({ tx, actor, body }) => begin(tx, actor, body)),
  route(saveDraft, ({ tx, actor, params, body }) => save(tx, actor, params.draft, body.edition, body.text)),
  route(discardDraft, ({ tx, params }) => setDiscarded(tx, params.draft, 'yes')),
  route(restoreDraft, ({ tx, params }) => setDiscarded(tx, params.draft, 'no')),
  route(makeVersion, ({ tx, actor, params, body }) => make(tx, actor, params.draft, body.edition)),
  route(previewRubric, ({ tx, body }) => preview(tx, body.text, body.against)),
  route(listVersions, async ({ tx, params }) => ({ versions: await versionRows(tx, params.rubric) })),
  route(readDiff, ({ tx, params, query }) =>
    diff(tx, { rubric: query.beforeRubric ?? params.rubric, version: query.before }, { rubric: params.rubric, version: query.version }),
  ),
]
