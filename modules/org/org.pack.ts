// org's part of a pack, file organisation.yaml: kinds of unit, Party organisation and post, and the structure rules.
import { type Static, Type } from 'typebox'
import { closed, Day } from '#base/schemas.ts'
import { packPart } from '#server/kit/pack.ts'

const Id = Type.String({ pattern: '^[a-z][a-z0-9-]*$', description: '小写字母、数字和连字符' })
const Text = Type.String({ minLength: 1 })

/** A term the pack gives a name to. */
export const Named = Type.Object({ id: Id, name: Text }, closed)

const PartyOrgKind = Type.Object(
  {
    id: Id,
    name: Text,
    /** Years between elections; left out where there are none. */
    term_years: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Counts as 基层党组织: committee, general branch, branch. */
    grassroots: Type.Optional(Type.Boolean()),
    /** Has members of its own. */
    has_members: Type.Optional(Type.Boolean()),
  },
  closed,
)

export const PostKind = Type.Object(
  {
    id: Id,
    name: Text,
    /** Kind of body the post belongs to. `tenant`: the work committee's own desks and officers. */
    of: Type.Union([Type.Literal('unit'), Type.Literal('party-org'), Type.Literal('tenant')]),
    /** The tree that the post's scope follows downwards. */
    tree: Type.Union([Type.Literal('administrative'), Type.Literal('party'), Type.Literal('line')]),
    /** At most one person holds it in a body at a time. */
    single: Type.Optional(Type.Boolean()),
    /** What the post may do, by action id. */
    may: Type.Array(
      Type.Union([
        Type.Literal('read'),
        Type.Literal('record.enter'),
        Type.Literal('record.correct'),
        Type.Literal('org.change'),
        Type.Literal('org.import'),
        Type.Literal('rubric.edit'),
        Type.Literal('scoring.run'),
        Type.Literal('appraisal.decide'),
        Type.Literal('export'),
        Type.Literal('account.manage'),
      ]),
    ),
  },
  closed,
)

/** A rule of structure, evaluated as of a date: every body that `where` selects must satisfy `must` (both CEL over the source). */
export const StructureRule = Type.Object(
  {
    id: Id,
    name: Text,
    over: Type.Union([Type.Literal('unit'), Type.Literal('party-org')]),
    where: Text,
    must: Text,
    /** What to do about a body that breaks it. */
    remedy: Text,
    citation: Text,
    valid_from: Day,
    valid_until: Type.Optional(Day),
  },
  closed,
)

export const OrganisationPack = Type.Object(
  {
    unit_kinds: Type.Array(Named),
    unit_classes: Type.Array(Named),
    unit_levels: Type.Array(Named),
    /** Counties and districts by division code (GB/T 2260). */
    counties: Type.Array(Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }), name: Text }, closed)),
    party_org_kinds: Type.Array(PartyOrgKind),
    posts: Type.Array(PostKind),
    structure_rules: Type.Array(StructureRule),
  },
  closed,
)
export type OrganisationPack = Static<typeof OrganisationPack>
export type StructureRule = Static<typeof StructureRule>
export type PostKind = Static<typeof PostKind>

export const organisationPack = packPart('organisation.yaml', OrganisationPack)
