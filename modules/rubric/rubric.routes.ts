// Endpoints of rubric.
import { type Route, route } from '#server/kit/route.ts'
import { draftRoutes } from './drafts/drafts.routes.ts'
import { catalogueOf } from './rubric.catalogue.ts'
import { checkRubric, lintRubricText, listRubrics, readCatalogue, readRubric } from './rubric.contract.ts'
import { checkText, lintText, listRubricRows, rubricPage } from './rubric.service.ts'

export const rubricRoutes: Route[] = [
  ...draftRoutes,
  route(listRubrics, async ({ tx }) => ({ rubrics: await listRubricRows(tx) })),
  route(readRubric, ({ tx, params, query }) => rubricPage(tx, params.rubric, query.version ?? null)),
  route(checkRubric, async ({ tx, body }) => {
    const diagnostics = await checkText(tx, body.text)
    return { ok: diagnostics.length === 0, diagnostics }
  }),
  route(lintRubricText, async ({ tx, body }) => ({ findings: await lintText(tx, body.text) })),
  route(readCatalogue, async ({ tenant }) => ({
    sources: catalogueOf(tenant).sources.map(({ name, label, subjects, when, columns }) => ({
      name,
      label,
      subjects: Object.keys(subjects),
      dated: when !== null,
      columns: columns.map((column) => ({ name: column.name, label: column.label, type: column.type })),
    })),
  })),
]
