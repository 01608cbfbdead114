// approval's part of a pack, file approvals.yaml: the routes that things take to their release, and how document numbers are written.
import { type Static, type TSchema, Type } from 'typebox'
import type { Diagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { organisationPack } from '#modules/org/index.ts'
import { type Pack, packPart } from '#server/kit/pack.ts'
import { Audience } from './approval.contract.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$' })
const Text = Type.String({ minLength: 1 })
const Days = Type.Integer({ minimum: 1, maximum: 60 })
const step = <K extends string, F extends Record<string, TSchema>>(kind: K, fields: F) => Type.Object({ kind: Type.Literal(kind), ...fields }, closed)

export const Step = Type.Union([
  step('check', {}),
  step('sign', {}),
  step('meeting', {}),
  /** `days`: working days for the opinion. */
  step('opinions', { posts: Type.Array(Id, { minItems: 1 }), days: Days }),
  step('secrecy', {}),
  /** `days`: working days on which one may object. */
  step('notice', { days: Days, scope: Audience }),
  step('release', {}),
])
export type Step = Static<typeof Step>

const separable = ['draft', 'check', 'sign', 'meeting', 'opinions', 'secrecy', 'release'] as const
const Separable = Type.Unsafe<(typeof separable)[number]>(Type.Union(separable.map((kind) => Type.Literal(kind))))

export const RouteDefinition = Type.Object(
  {
    id: Id,
    name: Text,
    /** Kinds of subject that take this route: sheet, figure, rubric, appraisal, request. */
    subjects: Type.Array(Id, { minItems: 1 }),
    /** To whom it may be released; the first is offered first. */
    audiences: Type.Array(Audience, { minItems: 1 }),
    /** Steps of one paper that are done by different people. */
    separate: Type.Array(Separable),
    /** After the draft, in order. */
    steps: Type.Array(Step, { minItems: 1 }),
  },
  closed,
)
export type RouteDefinition = Static<typeof RouteDefinition>

export const ApprovalsPack = Type.Object(
  {
    /** `{year}` and `{n}` stand for the year and the number in it. */
    number: Text,
    routes: Type.Array(RouteDefinition),
  },
  closed,
)
export type ApprovalsPack = Static<typeof ApprovalsPack>

export const approvalsPack = packPart('approvals.yaml', ApprovalsPack)

/** What is wrong with a pack's routes beyond their shape: a route that ends in no release, goes public unseen, or asks a post that can't answer. */
export function checkRoutes(pack: Pack): Diagnostic[] {
  const yaml = pack.yaml(approvalsPack)
  const { number, routes } = pack.part(approvalsPack)
  const { posts } = pack.part(organisationPack)
  const at = (path: (string | number)[], message: string, hint?: string): Diagnostic => ({
    ...yaml.placeOf(path),
    code: 'route',
    message,
    ...(hint === undefined ? {} : { hint }),
  })
  const found: Diagnostic[] = []
  if (!number.includes('{year}') || !number.includes('{n}')) found.push(at(['number'], 'a document number holds {year} and {n}', '长直工发〔{year}〕{n}号'))
  const asking = posts.filter(({ may }) => may.includes('approval.opinion')).map(({ id }) => id)
  const ids = new Set<string>()
  for (const [index, route] of routes.entries()) {
    const path = ['routes', index]
    const kinds = route.steps.map(({ kind }) => kind)
    if (ids.has(route.id)) found.push(at([...path, 'id'], `two routes are called ${route.id}`))
    ids.add(route.id)
    if (kinds.at(-1) !== 'release') found.push(at([...path, 'steps'], 'a route ends with a release', 'add - { kind: release }'))
    for (const kind of ['check', 'sign'] as const)
      if (!kinds.includes(kind)) found.push(at([...path, 'steps'], `nothing takes effect without a ${kind}`, `add - { kind: ${kind} }`))
    for (const [place, step] of route.steps.entries()) {
      if (kinds.indexOf(step.kind) !== place) found.push(at([...path, 'steps', place], `a route has one ${step.kind}`))
      if (step.kind !== 'opinions') continue
      for (const [n, post] of step.posts.entries())
        if (!asking.includes(post)) found.push(at([...path, 'steps', place, 'posts', n], `no post \`${post}\` that may give an opinion`, asking.join(', ')))
    }
    const leaves = route.audiences.includes('public') || route.steps.some((step) => step.kind === 'notice' && step.scope === 'public')
    const [secrecy, notice] = [kinds.indexOf('secrecy'), kinds.indexOf('notice')]
    if (leaves && secrecy === -1) found.push(at([...path, 'steps'], 'what goes to the public passes a secrecy check', 'add - { kind: secrecy }'))
    if (notice !== -1 && secrecy > notice) found.push(at([...path, 'steps', secrecy], 'the secrecy check comes before the notice'))
    for (const [n, kind] of route.separate.entries())
      if (kind !== 'draft' && !kinds.includes(kind)) found.push(at([...path, 'separate', n], `the route has no step ${kind}`))
  }
  return found
}
