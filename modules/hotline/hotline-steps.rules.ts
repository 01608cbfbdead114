// The life cycle of tickets (H1): every step, who makes it, where it leads, what its form asks. Pure and browser-safe.
import { Refusal } from '#base/errors.ts'
import { type NewStep, type State, type StepId, stateNames, type Ticket } from './hotline.contract.ts'

const wrong = (field: string, value: unknown, message: string) => new Refusal('invalid', message, [{ field: `/${field}`, value, message }])

/** Whose step it is. */
export type Side = 'agent' | 'dispatcher' | 'unit' | 'arbiter' | 'caller' | 'citizen' | 'system'

/** The action of the pack by which a post makes the steps of a side; citizens and the system need none. */
export const actionOf: Partial<Record<Side, string>> = {
  agent: 'hotline.take',
  dispatcher: 'hotline.dispatch',
  unit: 'hotline.handle',
  arbiter: 'hotline.arbitrate',
  caller: 'hotline.call-back',
}

type Asked = 'unitId' | 'told' | 'note' | 'class' | 'category' | 'county' | 'place' | 'reached' | 'solved' | 'satisfaction' | 'into'

interface Step {
  name: string
  by: Side[]
  from: State[]
  /** Where it may lead; none where the ticket stays as it is. */
  to: State[]
  asks: Asked[]
  required: Asked[]
}

const open: State[] = ['received', 'returned', 'arbitration', 'dispatched', 'handling', 'answered']
const held: State[] = ['dispatched', 'handling']

/** The whole life of a ticket (H1). */
export const lifecycle: Record<Exclude<StepId, 'open'>, Step> = {
  direct: { name: '直接答复', by: ['agent'], from: ['received'], to: ['closed'], asks: ['told'], required: ['told'] },
  dispatch: { name: '派单', by: ['dispatcher'], from: ['received', 'returned'], to: ['dispatched'], asks: ['unitId', 'note'], required: ['unitId'] },
  drop: { name: '不予受理', by: ['agent', 'dispatcher'], from: ['received', 'returned'], to: ['dropped'], asks: ['told', 'note'], required: ['told'] },
  merge: { name: '并入另一件', by: ['agent', 'dispatcher'], from: ['received', 'returned'], to: ['merged'], asks: ['into'], required: ['into'] },
  correct: { name: '更正分类', by: ['dispatcher'], from: open, to: [], asks: ['category', 'class', 'county', 'place', 'note'], required: ['note'] },
  part: { name: '安排协办', by: ['dispatcher'], from: held, to: [], asks: ['unitId', 'note'], required: ['unitId', 'note'] },
  sign: { name: '签收', by: ['unit'], from: ['dispatched'], to: ['handling'], asks: [], required: [] },
  respond: { name: '已联系诉求人', by: ['unit'], from: ['handling'], to: [], asks: ['told', 'note'], required: ['told'] },
  comment: { name: '内部说明', by: ['unit', 'dispatcher', 'agent', 'arbiter'], from: open, to: [], asks: ['note'], required: ['note'] },
  return: { name: '退单', by: ['unit'], from: held, to: ['returned', 'arbitration'], asks: ['note'], required: ['note'] },
  'extend-ask': { name: '申请延期', by: ['unit'], from: ['handling'], to: [], asks: ['note'], required: ['note'] },
  'extend-grant': { name: '同意延期', by: ['dispatcher'], from: ['handling'], to: [], asks: ['told'], required: ['told'] },
  'extend-refuse': { name: '不同意延期', by: ['dispatcher'], from: ['handling'], to: [], asks: ['note'], required: ['note'] },
  arbitrate: { name: '仲裁派单', by: ['arbiter'], from: ['arbitration'], to: ['dispatched'], asks: ['unitId', 'note'], required: ['unitId', 'note'] },
  answer: { name: '答复', by: ['unit'], from: ['handling'], to: ['answered', 'closed'], asks: ['told', 'note'], required: ['told'] },
  call: {
    name: '回访',
    by: ['caller'],
    from: ['answered', 'closed'],
    to: ['answered', 'closed', 'handling'],
    asks: ['reached', 'solved', 'satisfaction', 'note'],
    required: ['reached'],
  },
  reopen: { name: '要求重办', by: ['citizen', 'agent'], from: ['closed'], to: ['handling', 'returned'], asks: ['note'], required: ['note'] },
  rate: { name: '评价', by: ['citizen'], from: ['closed', 'archived'], to: [], asks: ['satisfaction', 'note'], required: ['satisfaction'] },
  archive: { name: '归档', by: ['system'], from: ['closed'], to: ['archived'], asks: [], required: [] },
  'move-unit': { name: '单位变更', by: ['system'], from: held, to: ['dispatched', 'handling', 'returned'], asks: ['unitId', 'note'], required: ['note'] },
  relapse: { name: '再次发生', by: ['system'], from: ['closed', 'archived'], to: [], asks: ['note'], required: [] },
}

/** How a step is called. */
export function nameOfStep(step: string): string {
  return step === 'open' ? '受理' : ((lifecycle as Record<string, Step | undefined>)[step]?.name ?? step)
}

/** Refuses a form that lacks what the step requires, or has what it doesn't ask. */
export function checkStep(input: NewStep): void {
  const { name, asks, required } = lifecycle[input.step]
  const words: Record<Asked, string> = {
    unitId: '单位',
    told: '告知诉求人的话',
    note: '原因或说明',
    class: '等级',
    category: '类别',
    county: '县区',
    place: '地点',
    reached: '是否联系上',
    solved: '是否解决',
    satisfaction: '满意度',
    into: '并入哪一件',
  }
  for (const field of required) {
    const value = input[field]
    if (value === undefined || (typeof value === 'string' && value.length < 2)) throw wrong(field, value ?? null, `“${name}”要填写${words[field]}`)
  }
  for (const field of Object.keys(words) as Asked[])
    if (input[field] !== undefined && input[field] !== '' && !asks.includes(field)) throw wrong(field, input[field], `“${name}”不用填写${words[field]}`)
}

/** Refuses a step that doesn't lead from where the ticket stands. */
export function mustStandAt({ state }: Pick<Ticket, 'state'>, step: Exclude<StepId, 'open'>): void {
  const { name, from } = lifecycle[step]
  if (!from.includes(state))
    throw new Refusal('conflict', `工单现在是“${stateNames[state]}”，不能办“${name}”。请看过最新情况再办。`, [
      { field: '/step', value: step, message: `现在是“${stateNames[state]}”` },
    ])
}
