// What the loader refuses of terms and forms: a copy of the city's pack with one mistake.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Diagnostic } from '#base/errors.ts'
import { checkPack } from '#server/app/pack.ts'

const packs = join(import.meta.dirname, '../../packs')
const root = mkdtempSync(join(tmpdir(), 'dajuan-burden-'))
after(() => rmSync(root, { recursive: true, force: true }))
const folder = join(root, 'changzhi')
cpSync(packs, root, { recursive: true })

/** What the pack says with `text` in place of `was` in a file, and the line it must be said at. */
function mistakes(file: string, was: string, text: string): { found: Diagnostic[]; line: number } {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  assert.ok(before.includes(was), `${file} has ${was}`)
  writeFileSync(path, before.replace(was, text))
  try {
    return { found: checkPack(folder).diagnostics, line: before.slice(0, before.indexOf(was)).split('\n').length }
  } finally {
    writeFileSync(path, before)
  }
}

const works = "{ id: works, name: 作品数, type: int, minimum: '0', maximum: '10000', unit: 件 }"

test('the city’s pack has no mistake', () => assert.deepEqual(checkPack(folder).diagnostics, []))

test('[B8] a compulsory photo without a stated need is refused at its place; optional, or with its need, it stands', () => {
  const { found, line } = mistakes('records.yaml', works, '{ id: works, name: 现场照片, type: int, required: true }')
  assert.deepEqual(
    found.map(({ file, line, code }) => ({ file, line, code })),
    [{ file: join(folder, 'records.yaml'), line, code: 'burden' }],
  )
  assert.match(found[0]?.hint ?? '', /optional/)
  assert.deepEqual(mistakes('records.yaml', works, '{ id: works, name: 现场照片, type: int }').found, [])
  assert.deepEqual(mistakes('records.yaml', works, '{ id: works, name: 现场照片, type: int, required: true, need: 工程验收须有影像 }').found, [])
})

test('[B8] a photo that must be there for a record to count as complete is compulsory, too', () => {
  const { found } = mistakes(
    'records.yaml',
    '{ id: agenda, name: 议题, type: string, max_length: 120 }\n    complete: [agenda, attendance]',
    '{ id: agenda, name: 会议截图, type: string }\n    complete: [agenda, attendance]',
  )
  assert.deepEqual(
    found.map(({ code }) => code),
    ['burden'],
  )
})

test('[B8] check-ins, points, rankings of persons and hours online are refused even where they are optional', () => {
  for (const name of ['每日打卡', '学习积分', '个人排名', '在线时长'])
    assert.deepEqual(
      mistakes('records.yaml', works, `{ id: works, name: ${name}, type: int }`).found.map(({ code, message }) => [code, message.includes(name)]),
      [['burden', true]],
      name,
    )
})

test('a field names a term that is there and of its type', () => {
  assert.match(mistakes('records.yaml', 'term: brand-name', 'term: nothing').found[0]?.message ?? '', /no term `nothing`/)
  assert.match(mistakes('records.yaml', 'term: brand-name', 'term: member-count').found[0]?.message ?? '', /type int.*type string/)
})

test('two terms don’t share an id, and a cap names a kind of asking', () => {
  assert.deepEqual(
    mistakes('terms.yaml', 'id: staff-count', 'id: member-count').found.map(({ message }) => message),
    ['two terms are called member-count'],
  )
  assert.match(mistakes('burden.yaml', 'kind: inspection, name', 'kind: nothing, name').found[0]?.message ?? '', /no kind of asking/)
})
