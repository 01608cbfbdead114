// Edits of a text leave everything else as it was written.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { editYaml } from './yaml-edit.ts'

const text = `# 说明
title: 题 # 尾注
total: { floor: 0, cap: 100 }

blocks:
  # 第一块
  - id: one
    items:
      - { id: a, points: 5, table: [{ bound: 3, points: 3 }] } # 甲
      - { id: b, points: 0.50 }
`
const lines = (edited: string | null) => edited?.split('\n').filter((line) => !text.split('\n').includes(line))

test('no edit changes nothing, in any rubric of the packs', () => {
  assert.equal(editYaml(text, []), text)
  const folder = join(import.meta.dirname, '../packs/changzhi/rubrics')
  for (const name of readdirSync(folder)) {
    const file = readFileSync(join(folder, name), 'utf8')
    assert.equal(editYaml(file, []), file, name)
  }
})
test('a value is set where it stands; comments and all other lines stay', () => {
  assert.deepEqual(lines(editYaml(text, [{ kind: 'set', path: ['blocks', 0, 'items', 0, 'points'], value: '6' }])), [
    '      - { id: a, points: 6, table: [{ bound: 3, points: 3 }] } # 甲',
  ])
  assert.deepEqual(lines(editYaml(text, [{ kind: 'set', path: ['title'], value: '新题' }])), ['title: 新题 # 尾注'])
  assert.deepEqual(lines(editYaml(text, [{ kind: 'set', path: ['total', 'round'], value: '2' }])), ['total: { floor: 0, cap: 100, round: 2 }'])
})
test('numbers keep their places, text that would be read otherwise is quoted', () => {
  assert.deepEqual(lines(editYaml(text, [{ kind: 'set', path: ['blocks', 0, 'items', 1, 'points'], value: '0.10' }])), ['      - { id: b, points: 0.10 }'])
  assert.deepEqual(lines(editYaml(text, [{ kind: 'set', path: ['blocks', 0, 'items', 1, 'when'], value: '!open, "x"' }])), [
    `      - { id: b, points: 0.50, when: '!open, "x"' }`,
  ])
})
test('elements are inserted, removed and moved', () => {
  const items = ['blocks', 0, 'items']
  assert.deepEqual(lines(editYaml(text, [{ kind: 'insert', path: items, at: 1, value: { id: 'n', rule: { kind: 'gate', when: 'true' } } }])), [
    '      - { id: n, rule: { kind: gate, when: "true" } }',
  ])
  const moved = editYaml(text, [{ kind: 'move', from: [...items, 1], to: items, at: 0 }])
  assert.ok((moved?.indexOf('id: b') ?? 0) < (moved?.indexOf('id: a') ?? 0))
  assert.doesNotMatch(editYaml(text, [{ kind: 'remove', path: [...items, 0] }]) ?? '', /id: a/)
  assert.match(editYaml(text, [{ kind: 'insert', path: ['vetoes'], at: 0, value: { id: 'v' } }]) ?? '', /vetoes:\n {2}- \{ id: v \}\n$/)
})
test('what is no YAML is left alone', () => {
  for (const bad of ['a: [', '- 1', '']) assert.equal(editYaml(bad, []), null)
})
