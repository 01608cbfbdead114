// The one function that decides, against its definition, for sets of posts drawn at random.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Refusal } from '#base/errors.ts'
import { type Actor, anonymous, type HeldPost } from '#server/kit/actor.ts'
import { mayDo, mustBeAllowed, postThatMay, scopeOf } from './posts.rules.ts'

const actions = ['read', 'record.enter', 'export', 'post.delegate'] as const
const bodies = ['a', 'b', 'c', 'd'] as const
const heldPost: fc.Arbitrary<HeldPost> = fc.record({
  post: fc.constantFrom('secretary', 'desk', 'auditor'),
  bodyId: fc.option(fc.constantFrom(...bodies)),
  by: fc.constantFrom('holding', 'appointment', 'delegation'),
  until: fc.constant(null),
  may: fc.subarray([...actions]),
  reach: fc.oneof(fc.constant('tenant' as const), fc.subarray([...bodies])),
})
const actorOf = (posts: HeldPost[]): Actor => ({ ...anonymous, accountId: 'x', personId: 'x', posts, scope: scopeOf(posts) })
const asked = fc.tuple(
  fc.array(heldPost, { maxLength: 5 }),
  fc.constantFrom(...actions),
  fc.option(fc.constantFrom(...bodies, 'elsewhere'), { nil: undefined }),
)

test('one may do exactly what one of the posts gives, on what that same post reaches', () => {
  fc.assert(
    fc.property(asked, ([posts, action, body]) => {
      const expected = posts.some(({ may, reach }) => may.includes(action) && (body === undefined || reach === 'tenant' || reach.includes(body)))
      assert.equal(mayDo(actorOf(posts), action, body), expected)
      const by = postThatMay(actorOf(posts), action, body)
      assert.equal(by !== undefined, expected)
      if (by !== undefined) assert.ok(by.may.includes(action) && posts.includes(by))
    }),
    { numRuns: 2000 },
  )
})

test('what is not allowed is refused: outside of what is read as if it were not there, inside as not allowed', () => {
  fc.assert(
    fc.property(asked, ([posts, action, body]) => {
      const actor = actorOf(posts)
      if (mayDo(actor, action, body)) return
      const seen = body === undefined || actor.scope === 'tenant' || actor.scope.includes(body)
      assert.throws(
        () => mustBeAllowed(actor, action, body),
        (error) => error instanceof Refusal && error.code === (seen ? 'not-allowed' : 'not-found'),
      )
    }),
    { numRuns: 2000 },
  )
})

test('rows are seen of exactly the bodies that a reading post reaches, each once', () => {
  fc.assert(
    fc.property(fc.array(heldPost, { maxLength: 5 }), (posts) => {
      const scope = scopeOf(posts)
      for (const body of bodies) assert.equal(scope === 'tenant' || scope.includes(body), mayDo(actorOf(posts), 'read', body))
      if (scope !== 'tenant') assert.equal(new Set(scope).size, scope.length)
    }),
    { numRuns: 2000 },
  )
})
