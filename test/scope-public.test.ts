// What anyone sees of figures: no group and no point of fewer than the pack's k, nor one that can be worked out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Reader, scopeCity } from './scope-city.ts'

const { readers } = await scopeCity()
const figures = '/api/answers/changzhi/figures'
const keys: string[] = (await readers.gongwei.get(figures)).json().figures.map((figure: { key: string }) => figure.key)

test('the public’s groups of fewer than five have no number, and none can be worked out', async () => {
  let hidden = 0
  for (const key of keys)
    for (const part of ['numerator', 'denominator']) {
      const reply = await readers.public.get(`${figures}/${key}/groups?part=${part}`)
      if (reply.statusCode === 422) continue
      const { k, groups, total } = reply.json() as { k: number; total: string | null; groups: { name: string; count: number | null }[] }
      assert.equal(k, 5)
      for (const { name, count } of groups) assert.ok(count === null || count >= 5, `${key} ${name}: ${count}`)
      const silent = groups.filter(({ count }) => count === null)
      hidden += silent.length
      assert.notEqual(silent.length, 1, `${key}: ${silent[0]?.name} is total less the others`)
      const left = Number(total) - groups.reduce((sum, { count }) => sum + (count ?? 0), 0)
      if (silent.length > 0 && silent.length < groups.length && left > 0)
        assert.ok(left >= 5, `${key} ${part}: ${silent.map(({ name }) => name)} are ${left} together`)
    }
  assert.ok(hidden > 0, 'the city has small groups')
})

test('the public’s series has no point behind which fewer than five stand, nor one that is known from the others', async () => {
  let hidden = 0
  for (const key of keys) {
    const page = async (reader: Reader): Promise<{ label: string; value: string | null }[]> => (await reader.get(`${figures}/${key}`)).json().series
    const [seen, all] = [await page(readers.public), await page(readers.gongwei)]
    const silent = seen.filter(({ value }) => value === null)
    hidden += silent.length
    for (const [index, { label, value }] of seen.entries()) {
      assert.equal(label, all[index]?.label)
      if (value !== null) assert.ok(value === all[index]?.value && Number(value) >= 5, `${key} ${label}: ${value}`)
    }
    assert.ok(silent.length !== 1 || seen.length === 1, `${key}: ${silent[0]?.label} is the figure less the others`)
  }
  assert.ok(hidden > 0, 'the city has small points')
})
