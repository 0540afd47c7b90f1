import { createRandom } from '@certtwin/mock-kit'
import { expect, test } from 'vitest'
import { profiles } from './profiles.ts'
import { createSeededState } from './seed-state.ts'
import { duplicatesOf } from './state.ts'

const nowMs = Date.parse('2019-07-01T10:00:00Z')
const seeded = (): ReturnType<typeof createSeededState> =>
  createSeededState({ nowMs, random: createRandom('tests'), profile: profiles['2019'] })

test('orders are created in the order of their ids, at least a minute apart', () => {
  const { orders, certificates } = seeded()
  const sorted = [...orders.values()].toSorted((one, other) => one.id - other.id)
  const times = sorted.map(({ primaryId }) => certificates.get(primaryId)!.createdMs)
  for (const [index, createdMs] of times.entries()) {
    expect(createdMs - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(60_000)
  }
})

test('every order has the request that placed it', () => {
  const { orders, requests } = seeded()
  const placed = [...requests.values()].filter(({ type }) => type === 'newRequest')
  expect(placed.map(({ orderId }) => orderId)).toEqual([...orders.keys()])
  expect(placed.filter(({ status }) => status !== 'approved').map(({ id, status }) => [id, status])).toEqual([
    [114, 'rejected'],
    [198, 'pending'],
  ])
})

test('nothing is created in the future, and no duplicate before its order', () => {
  const state = seeded()
  for (const { id, primaryId } of state.orders.values()) {
    for (const { createdMs } of duplicatesOf(state, id)) {
      expect(createdMs).toBeLessThan(nowMs)
      expect(createdMs).toBeGreaterThan(state.certificates.get(primaryId)!.createdMs)
    }
  }
})
