// [D1] Duty lists in a pack: what nobody could hold, fulfil or judge is a mistake with its place.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkPack } from '#server/app/pack.ts'

const packs = join(import.meta.dirname, '../../packs')
const folder = mkdtempSync(join(tmpdir(), 'dajuan-duties-'))
after(() => rmSync(folder, { recursive: true }))

function changed(file: string, from: string | RegExp, to: string) {
  cpSync(join(packs, 'changzhi'), folder, { recursive: true })
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  assert.notEqual(text.replace(from, to), text, `${file} has no ${from}`)
  writeFileSync(path, text.replace(from, to))
  return checkPack(folder).diagnostics.map(({ file: where, line, message, hint }) => ({ where, line, said: `${message} (${hint ?? ''})` }))
}

const branch = 'duties/branch.yaml'
const committee = 'duties/committee.yaml'
const conduct = 'conduct/ten-requirements.yaml'
for (const [name, file, from, to, wanted] of [
  ['a post that there is not', branch, 'post: publicity-member', 'post: publicity', /no post `publicity`/],
  ['a kind of body that there is not', branch, 'kinds: [branch, general-branch] }] }', 'kinds: [brnch] }] }', /no kind `brnch`/],
  ['a seat without a duty', branch, /.*id: b-study.*\n/, '', /nothing is the duty of publicity/],
  ['a duty of a seat that there is not', branch, 'id: b-study, seat: publicity', 'id: b-study, seat: publicty', /no seat `publicty`/],
  ['a duty without a rhythm', branch, 'rhythm: monthly, kinds', 'kinds', /rhythm/],
  ['a rhythm that there is not', branch, 'rhythm: monthly', 'rhythm: weekly', /rhythm|monthly/],
  ['a kind of record that there is not', branch, 'record: theme-day', 'record: themeday', /no kind of record `themeday`/],
  ['a record that the body never has', branch, 'rhythm: monthly, kinds: [branch]', 'rhythm: monthly', /the record theme-day is never of a general-branch/],
  ['a kind of matter that there is not', committee, 'matter: task', 'matter: tsk', /no kind of matter `tsk`/],
  ['a matter opened without what it needs', committee, /fields: \{ text: [^}]*\}/, 'fields: {}', /can't be opened without `text`/],
  ['a matter opened with what it has not', committee, 'fields: { text:', 'fields: { words: a, text:', /task is not opened with `words`/],
  ['a duty that nobody can judge', branch, ', way: { record: party-lecture }', '', /nobody can tell whether it was fulfilled/],
  ['a continuous duty with a way', branch, 'rhythm: continuous', 'rhythm: continuous, way: { hand: 编号 }', /never fulfilled once/],
  [
    'what is done once without its day',
    branch,
    'rhythm: yearly, way: { record: party-lecture }',
    'rhythm: once, way: { record: party-lecture }',
    /has a last day/,
  ],
  ['a day that there is not', 'duties/work-committee.yaml', "by: '03-31'", "by: '02-30'", /there is no day 02-30/],
  ['two duties of one name, in two lists', branch, 'id: b-study', 'id: c-meeting', /two duties are called c-meeting/],
  ['a post that may not fulfil', 'organisation.yaml', /(id: publicity-member.*?), duty\.fulfil/, '$1', /publicity-member may not duty\.fulfil/],
  ['a code for a post that there is not', conduct, 'posts: [work-secretary', 'posts: [secretry', /no post `secretry`/],
] as const)
  test(`[D1] ${name} is told with its place`, () => {
    const found = changed(file, from, to)
    const said = found.find((one) => wanted.test(one.said))
    assert.ok(said !== undefined && said.line > 1 && /\/(duties|conduct)\//.test(said.where), JSON.stringify(found))
  })

test('[D1] the lists of the pack have no mistake: four levels, four posts each', () => {
  assert.deepEqual(checkPack(join(packs, 'changzhi')).diagnostics, [])
})
