// [M1] Kinds of matter in a pack: what would leave a matter stuck, lost or in nobody's hands is a mistake with its place.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkPack } from '#server/app/pack.ts'

const packs = join(import.meta.dirname, '../../packs')
const folder = mkdtempSync(join(tmpdir(), 'dajuan-matters-'))
after(() => rmSync(folder, { recursive: true }))

function changed(file: string, from: string | RegExp, to: string) {
  cpSync(join(packs, 'changzhi'), folder, { recursive: true })
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  assert.notEqual(text.replace(from, ''), text, `${file} has no ${from}`)
  writeFileSync(path, text.replace(from, to))
  return checkPack(folder).diagnostics.map(({ file: where, line, message, hint }) => ({ where, line, said: `${message} (${hint ?? ''})` }))
}

const task = 'matters/task.yaml'
const rectification = 'matters/rectification.yaml'
for (const [name, file, from, to, wanted] of [
  ['a stage that no move leads to', task, '{ id: recalled,', '{ id: parked, name: 搁置 }\n  - { id: recalled,', /no move leads to parked/],
  ['a stage that no move leaves', task, /, from: \[handed-in\]/g, ', from: [working]', /no move leads from handed-in to an end/],
  ['a kind without an end', task, /, end: (done|dropped)/g, '', /is never closed/],
  ['a move that leads nowhere', task, 'to: accepted', 'to: acepted', /no stage `acepted`/],
  ['a move from a stage that there is not', task, 'from: [sent, working]', 'from: [sent, wrking]', /no stage `wrking`/],
  ['a move from an end', task, 'from: [sent, working]', 'from: [sent, accepted]', /accepted is an end, no move leads out of it/],
  ['a clock at an end', task, 'name: 办结, end: done', 'name: 办结, end: done, clock: { within: 1, unit: days }', /accepted is an end, no clock runs there/],
  [
    'a reminder before the clock starts',
    task,
    'within: 2, unit: working-days, remind: 1',
    'within: 2, unit: working-days, remind: 2',
    /reminded before the clock starts/,
  ],
  ['a form with a field that there is not', task, 'form: [answer]', 'form: [answr]', /no field `answr`/],
  ['a field that a matter has of its own', task, '{ id: answer,', '{ id: late,', /`late` is a matter's own/],
  ['a move that is called as a step of every kind', task, '{ id: receive,', '{ id: assign,', /every kind has a step `assign`/],
  ['two moves of one name', task, '{ id: return,', '{ id: receive,', /two moves are called receive/],
  ['a guard that is no CEL', rectification, 'children_open == 0', 'children_open = 0', /not a CEL expression/],
  ['a guard over a name that there is not', rectification, 'children_open == 0', 'childrn_open == 0', /childrn_open/],
  ['a guard that is no condition', rectification, 'when: children_open == 0', 'when: children_open', /a guard is true or false, this gives int/],
  ['a relapse by a field that there is not', rectification, 'relapse: { field: type', 'relapse: { field: kind', /no field `kind`/],
  ['a move that nobody makes', 'organisation.yaml', /, matter\.check/g, '', /no post of the pack may matter\.check, so nobody can make this move/],
  ['a kind of which it would be a part', task, 'of: party-org', 'of: party-org\npart_of: projects', /no kind of matter `projects`/],
  ['a clock in a unit that there is not', task, 'within: 2, unit: working-days', 'within: 2, unit: weeks', /weeks|working-days/],
] as const)
  test(`[M1] ${name} is told with its place`, () => {
    const found = changed(file, from, to)
    const said = found.find((one) => wanted.test(one.said))
    assert.ok(said !== undefined && said.line > 1 && said.where.includes('/matters/'), JSON.stringify(found))
  })

test('[M1] the kinds of the pack have no mistake', () => {
  assert.deepEqual(checkPack(join(packs, 'changzhi')).diagnostics, [])
})
