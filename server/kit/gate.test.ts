// The gate before what anyone can ask for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#base/errors.ts'
import { makeGate } from './gate.ts'

/** Work that ends when it is told to. */
function held() {
  const ends: (() => void)[] = []
  let most = 0
  let inside = 0
  const work = async (): Promise<void> => {
    inside += 1
    most = Math.max(most, inside)
    await new Promise<void>((end) => ends.push(end))
    inside -= 1
  }
  return { work, end: () => ends.shift()?.(), most: () => most, inside: () => inside }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

test('so many go through at once, the others in order as there is room', async () => {
  const gate = makeGate(2, 10)
  const { work, end, most, inside } = held()
  const order: number[] = []
  const all = Array.from({ length: 5 }, (_, n) => gate(work).then(() => order.push(n)))
  await turn()
  assert.equal(inside(), 2)
  for (let n = 0; n < 5; n += 1) {
    end()
    await turn()
  }
  await Promise.all(all)
  assert.deepEqual([most(), order], [2, [0, 1, 2, 3, 4]])
})

test('whoever finds too many waiting is refused and takes no room', async () => {
  const gate = makeGate(1, 1)
  const { work, end, inside } = held()
  const [first, second] = [gate(work), gate(work)]
  await assert.rejects(gate(work), (error) => error instanceof Refusal && error.code === 'too-many')
  end()
  await turn()
  assert.equal(inside(), 1)
  end()
  await Promise.all([first, second])
})

test('what fails makes room', async () => {
  const gate = makeGate(1, 5)
  const failing = () => Promise.reject(new Error('no'))
  for (let n = 0; n < 3; n += 1) await assert.rejects(gate(failing), /no/)
  assert.equal(await gate(async () => 'in'), 'in')
})
