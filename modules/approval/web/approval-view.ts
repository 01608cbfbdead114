// What the pages of approval say and ask: tones of states, words of what was done, and the form of each deed.
import { call } from '#web/kit/api/call.ts'
import type { Tone } from '#web/kit/ui/tone.ts'
import {
  type Act,
  checkPaper,
  type Deed,
  endOpinions,
  enterMeeting,
  giveOpinion,
  passSecrecy,
  type Receipt,
  recallPaper,
  releasePaper,
  resubmitPaper,
  type State,
  signPaper,
  withdrawPaper,
} from '../approval.contract.ts'
import { stateNames } from '../approval-words.rules.ts'

/** The tone of a state. */
export function toneOf(state: State): Tone {
  if (state === 'released') return 'good'
  if (state === 'draft' || state === 'recalled') return 'bad'
  return state === 'withdrawn' ? 'off' : 'soon'
}

const verdicts: Record<string, string> = { return: '退回', agree: '同意', disagree: '不同意', withdraw: '撤稿', resubmit: '重新送审', recall: '撤回发布' }
const passes: Record<string, string> = {
  check: '审核通过',
  sign: '同意签发',
  meeting: '会议同意',
  opinions: '不等意见，继续办理',
  secrecy: '保密审查通过',
  release: '发布',
}

/** What was done, in words: 审核通过, 签批退回. */
export function actWords({ step, verdict }: Pick<Act, 'step' | 'verdict'>): string {
  if (verdict === 'pass') return passes[step] ?? step
  return verdict === 'return' ? `${stateNames[step as State] ?? ''}退回` : (verdicts[verdict] ?? verdict)
}

/** What somebody has filled in. */
export interface Words {
  id: string
  reason: string
  heldOn: string
  minutes: string
}

/** A button and the form behind it. */
export interface DeedForm {
  key: string
  label: string
  kind: 'main' | 'plain' | 'quiet'
  /** What the form says before its fields. */
  explain: string
  reason: { label: string; required: boolean }
  asksMeeting: boolean
  send: (paper: string, words: Words) => Promise<Receipt>
}

const remark = { label: '附言', required: false }
const why = { label: '理由', required: true }
type Verdict = 'pass' | 'return'

/** The pair of a step: pass it, or send the paper back. */
function pair(key: Deed, explain: string, send: (paper: string, verdict: Verdict, words: Words) => Promise<Receipt>): DeedForm[] {
  const step = key === 'end-opinions' ? 'opinions' : key
  const isMeeting = key === 'meeting'
  return [
    {
      key,
      label: isMeeting ? '登记会议' : (passes[step] ?? step),
      kind: 'main',
      explain,
      reason: key === 'end-opinions' ? why : remark,
      asksMeeting: isMeeting,
      send: (paper, words) => send(paper, 'pass', words),
    },
    {
      key: `${key}-return`,
      label: '退回',
      kind: 'plain',
      explain: '退回起草人修改；改好后从头送审。请写明要改什么。',
      reason: why,
      asksMeeting: false,
      send: (paper, words) => send(paper, 'return', words),
    },
  ]
}

const one = (key: Deed, label: string, kind: DeedForm['kind'], explain: string, reason: DeedForm['reason'], send: DeedForm['send']): DeedForm[] => [
  { key, label, kind, explain, reason, asksMeeting: false, send },
]

/** The forms of what the reader may do now; `post` is the post whose joint opinion is asked of the reader. Answers stand beside the objections. */
export function formsOf(deeds: readonly Deed[], post: string | undefined): DeedForm[] {
  return deeds.flatMap((deed) => formsOfDeed(deed, post))
}

function formsOfDeed(deed: Deed, post: string | undefined): DeedForm[] {
  switch (deed) {
    case 'check':
      return pair(deed, '内容、依据和手续都核对过，送下一个环节。', (paper, verdict, { id, reason }) =>
        call(checkPaper, { params: { paper }, body: { id, verdict, reason } }),
      )
    case 'sign':
      return pair(deed, '同意按这份内容办理。签的是送审时的内容，之后改动过的不能往下走。', (paper, verdict, { id, reason }) =>
        call(signPaper, { params: { paper }, body: { id, verdict, reason } }),
      )
    case 'meeting':
      return pair(deed, '登记研究这件事的会议。', (paper, verdict, { id, reason, heldOn, minutes }) =>
        call(enterMeeting, { params: { paper }, body: { id, verdict, reason, heldOn: heldOn || null, minutes } }),
      )
    case 'secrecy':
      return pair(deed, '没有国家秘密、工作秘密和不宜公开的个人信息。', (paper, verdict, { id, reason }) =>
        call(passSecrecy, { params: { paper }, body: { id, verdict, reason } }),
      )
    case 'release':
      return pair(deed, '编发文字号，立即对发布范围生效。发布以后可以撤回，撤回要写明理由。', (paper, verdict, { id, reason }) =>
        call(releasePaper, { params: { paper }, body: { id, verdict, reason } }),
      )
    case 'end-opinions':
      return pair(deed, '还有岗位逾期没有出具意见，或者有不同意见。继续办理要写明理由，理由和意见一并存档。', (paper, verdict, { id, reason }) =>
        call(endOpinions, { params: { paper }, body: { id, verdict, reason } }),
      )
    case 'opinion':
      return (['agree', 'disagree'] as const).map(
        (verdict): DeedForm => ({
          key: verdict,
          label: verdicts[verdict] ?? verdict,
          kind: verdict === 'agree' ? 'main' : 'plain',
          explain: verdict === 'agree' ? '以本岗位名义出具联审意见：同意。' : '以本岗位名义出具联审意见：不同意。由签批人决定退回还是继续。',
          reason: verdict === 'agree' ? remark : why,
          asksMeeting: false,
          send: (paper, { id, reason }) => call(giveOpinion, { params: { paper }, body: { id, post: post ?? '', verdict, reason } }),
        }),
      )
    case 'resubmit':
      return one(deed, '重新送审', 'main', '按现在的内容重新送审，从第一个环节走起。', { label: '修改说明', required: false }, (paper, { id, reason }) =>
        call(resubmitPaper, { params: { paper }, body: { id, note: reason } }),
      )
    case 'withdraw':
      return one(deed, '撤稿', 'quiet', '不再往下办。撤稿以后可以另行送审。', { label: '原因', required: false }, (paper, { id, reason }) =>
        call(withdrawPaper, { params: { paper }, body: { id, reason } }),
      )
    case 'recall':
      return one(deed, '撤回发布', 'plain', '撤回以后立即失效，发布范围里的人不再看到。', why, (paper, { id, reason }) =>
        call(recallPaper, { params: { paper }, body: { id, reason } }),
      )
    case 'answer':
      return []
  }
}
