// [S35] 原文对照: no term of the article is missing, and no link of it is dead.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { buildHttp } from '#server/app/http.ts'
import { loadPacks } from '#server/app/pack.ts'
import { cityDatabase } from '#test/city.ts'
import type { Term } from './answers.contract.ts'
import { articleShingles, articleTerms } from './article-terms.fixture.ts'

const root = join(import.meta.dirname, '..', '..')
loadPacks(join(root, 'packs'))
const { pool } = await cityDatabase()
const app = await buildHttp({ pool, dataDir: '/tmp', checkReplies: true })
let terms: Term[]
let cookies: Record<string, string>
before(async () => {
  terms = (await app.inject({ url: '/api/coverage' })).json().terms
  const reply = await app.inject({ method: 'POST', url: '/api/sign-in', payload: { account: 'gongwei', password: 'gongwei-2024' } })
  cookies = Object.fromEntries(reply.cookies.map(({ name, value }) => [name, value]))
})

/** The addresses that the pages answer, as patterns: `/answers/[sheet]` → /^\/answers\/[^/]+$/. */
function routePatterns(): RegExp[] {
  const folder = join(root, 'web', 'routes')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('+page.svelte'))
    .map(
      (name) =>
        new RegExp(
          `^/${name
            .replace(/\/?\+page\.svelte$/, '')
            .replace(/\([^)]+\)\/?/g, '')
            .replace(/\[[^\]]+\]/g, '[^/]+')}$`,
        ),
    )
}

test('every term of the article stands in the list', () => {
  const listed = terms.map(({ term, note }) => `${term} ${note}`).join('\n')
  assert.deepEqual(
    articleTerms.filter((word) => !listed.includes(word)),
    [],
  )
  assert.ok(terms.length >= 90)
})
test('every need of the product list is carried by a term', () => {
  const needs = new Set(terms.map(({ need }) => need))
  assert.deepEqual(
    Array.from({ length: 35 }, (_, index) => `S${index + 1}`).filter((need) => !needs.has(need)),
    [],
  )
})
test('every link leads to a page that exists', () => {
  const patterns = routePatterns()
  assert.ok(existsSync(join(root, 'web', 'routes', 'coverage', '+page.svelte')))
  const dead = terms.filter(({ href }) => href !== null && !patterns.some((pattern) => pattern.test((href ?? '').split('?')[0] ?? '')))
  assert.deepEqual(
    dead.map(({ term, href }) => `${term} → ${href}`),
    [],
  )
})
test('a term without a link says when it comes, or what the article leaves open', () => {
  for (const { term, state, href, at } of terms) {
    assert.equal(href === null, state !== 'here', term)
    if (state === 'not-yet') assert.match(at, /第\d号事项|另立事项/, term)
    if (state === 'not-in-article') assert.match(at, /原文未说明/, term)
  }
})
test('every search for a record finds one in the city, and every kind has records', async () => {
  const empty: string[] = []
  for (const { term, href } of terms) {
    if (href === null || !href.startsWith('/records?')) continue
    const reply = await app.inject({ url: `/api/records?${href.split('?')[1]}&limit=1`, cookies })
    assert.equal(reply.statusCode, 200, `${term}: ${reply.body}`)
    if (reply.json().rows.length === 0) empty.push(`${term} → ${href}`)
  }
  assert.deepEqual(empty, [])
})
test('every figure, structure rule and rubric that a term leads to answers', async () => {
  const asked = { figure: 0, rule: 0, rubric: 0 }
  const rules: { id: string }[] = (await app.inject({ url: '/api/org/vocabulary', cookies })).json().rules
  for (const { term, href } of terms) {
    const figure = /^\/answers\/(.+?)\/(.+)$/.exec(href ?? '')
    if (figure !== null) {
      assert.equal((await app.inject({ url: `/api/answers/${figure[1]}/figures/${figure[2]}` })).statusCode, 200, term)
      asked.figure += 1
    }
    const rule = /^\/org\/structure\?rule=(.+)$/.exec(href ?? '')
    if (rule !== null) {
      assert.ok(
        rules.some(({ id }) => id === rule[1]),
        term,
      )
      asked.rule += 1
    }
    const rubric = /^\/scoring\/([a-z0-9-]+)$/.exec(href ?? '')
    if (rubric !== null) {
      assert.ok(readdirSync(join(root, 'packs', 'changzhi', 'rubrics')).includes(`${rubric[1]}.yaml`), term)
      asked.rubric += 1
    }
  }
  assert.ok(asked.figure > 20 && asked.rule > 5 && asked.rubric > 5, JSON.stringify(asked))
})
test('the sheet is in our own words: no run of nineteen characters of it stands in the article', async () => {
  const blocks = JSON.stringify((await app.inject({ url: '/api/answers/changzhi' })).json().blocks)
  const text = blocks.replace(/[^\u4e00-\u9fff]/g, '')
  const copied = Array.from({ length: text.length - 15 }, (_, at) => text.slice(at, at + 16)).filter((piece) =>
    articleShingles.has(createHash('sha256').update(piece).digest('base64url').slice(0, 6)),
  )
  assert.deepEqual(copied, [])
})
