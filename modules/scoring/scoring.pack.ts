// scoring's part of a pack, file scoring.yaml: how the boards of rubrics are shown.
import { type Static, Type } from 'typebox'
import type { Diagnostic } from '#base/errors.ts'
import { closed } from '#base/schemas.ts'
import { rubricsOfPack } from '#modules/rubric/index.ts'
import { type Pack, packPart } from '#server/kit/pack.ts'

const Days = Type.Integer({ minimum: 1, maximum: 60 })

export const ScoringPack = Type.Object(
  {
    /** Working days to raise an objection once the desk has opened a run to them, to take it up, to decide it, and to compute anew. */
    objections: Type.Object({ raise_days: Days, accept_days: Days, decide_days: Days, recompute_days: Days }, closed),
    boards: Type.Array(
      Type.Object(
        {
          rubric: Type.String(),
          /** `none`: a profile, shown without rank and never in order of totals (product.md: no ranking of units by cleanliness). */
          rank: Type.Union([Type.Literal('shown'), Type.Literal('none')]),
          why: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type ScoringPack = Static<typeof ScoringPack>

export const scoringPack = packPart('scoring.yaml', ScoringPack)

/** Boards must name rubrics of the pack, and every rubric has its board. */
export function checkBoards(pack: Pack): Diagnostic[] {
  const rubrics = rubricsOfPack(pack)
  if (!rubrics.ok) return []
  const yaml = pack.yaml(scoringPack)
  const { boards } = pack.part(scoringPack)
  const ids = new Set(rubrics.value.map(({ ir }) => ir.rubric))
  const unknown = boards.flatMap(({ rubric }, index): Diagnostic[] =>
    ids.has(rubric)
      ? []
      : [{ ...yaml.placeOf(['boards', index, 'rubric']), code: 'rubric', message: `no rubric \`${rubric}\` in rubrics/`, hint: [...ids].join(', ') }],
  )
  const without = [...ids].filter((id) => !boards.some((board) => board.rubric === id))
  return [
    ...unknown,
    ...without.map(
      (id): Diagnostic => ({
        ...yaml.placeOf(['boards']),
        code: 'rubric',
        message: `rubric \`${id}\` has no board`,
        hint: `add - { rubric: ${id}, rank: shown }, or rank: none`,
      }),
    ),
  ]
}
