// Takes things through their routes over HTTP, by the people that the routes ask for: for tests of what only works once it is released.
import assert from 'node:assert/strict'
import { newId } from '#base/ids.ts'
import type { Caller } from './server.ts'

/** The desk drafts, the office checks and passes secrecy, the chief signs and releases. */
export interface Hands {
  desk: Caller
  office: Caller
  chief: Caller
}

async function done(who: Caller, url: string, body: object): Promise<{ paper: string; state: string }> {
  const reply = await who.post(url, { id: newId(), ...body })
  assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`)
  return reply.json()
}
const pass = { verdict: 'pass', reason: '' }
const met = { ...pass, heldOn: '2024-12-19', minutes: '会议同意印发' }

/** Releases each of the rubrics' first versions, or the version named as in `branch-2024.2`, by the pack's route `rubric`. */
export async function releaseRubrics({ desk, office, chief }: Hands, ...rubrics: string[]): Promise<void> {
  for (const rubric of rubrics) {
    const { paper } = await done(desk, '/api/approvals', {
      kind: 'rubric',
      subject: rubric.includes('.') ? rubric : `${rubric}.1`,
      route: 'rubric',
      audience: 'system',
      note: '',
    })
    const at = (step: string) => `/api/approvals/${paper}/${step}`
    await done(office, at('check'), pass)
    await done(chief, at('signature'), pass)
    await done(office, at('meeting'), met)
    await done(office, at('secrecy'), pass)
    assert.equal((await done(chief, at('release'), pass)).state, 'released')
  }
}

type Joint = readonly (readonly [string, Caller])[]

/** Releases the sheet to the public; `joint` are the posts of joint opinions with who holds them. */
export async function releaseSheet({ desk, office, chief }: Hands, joint: Joint): Promise<void> {
  const { paper } = await done(desk, '/api/approvals', { kind: 'sheet', subject: 'changzhi', route: 'sheet-public', audience: 'public', note: '' })
  const at = (step: string) => `/api/approvals/${paper}/${step}`
  await done(office, at('check'), pass)
  for (const [post, holder] of joint)
    if (post === 'joint-discipline' || post === 'joint-petitions') await done(holder, at('opinion'), { post, verdict: 'agree', reason: '' })
  await done(chief, at('signature'), pass)
  await done(office, at('secrecy'), pass)
  assert.equal((await done(chief, at('release'), pass)).state, 'released')
}

/** Takes an appraisal as far as its notice within the system; `joint` are the posts of the joint opinions with who holds them. The paper's id. */
export async function putOnNotice({ desk, office, chief }: Hands, joint: Joint, appraisal: string): Promise<string> {
  const { paper } = await done(desk, '/api/approvals', { kind: 'appraisal', subject: appraisal, route: 'grading', audience: 'system', note: '' })
  const at = (step: string) => `/api/approvals/${paper}/${step}`
  await done(office, at('check'), pass)
  await done(chief, at('signature'), pass)
  await done(office, at('meeting'), met)
  for (const [post, holder] of joint) await done(holder, at('opinion'), { post, verdict: 'agree', reason: '' })
  assert.equal((await done(office, at('secrecy'), pass)).state, 'notice')
  return paper
}

/** Releases the totals of burden of a month within the system. */
export async function releaseBurden({ desk, office, chief }: Hands, month: string): Promise<void> {
  const { paper } = await done(desk, '/api/approvals', { kind: 'burden', subject: month, route: 'burden', audience: 'system', note: '' })
  const at = (step: string) => `/api/approvals/${paper}/${step}`
  await done(office, at('check'), pass)
  await done(chief, at('signature'), pass)
  await done(office, at('secrecy'), pass)
  assert.equal((await done(chief, at('release'), pass)).state, 'released')
}
