import { describe, expect, test } from 'vitest'
import type { OrderStatus } from '../entities.ts'
import type { RefusalReason } from '../refusals.ts'
import { planted } from '../test-state.ts'
import { type OrderEvent, orderStateOf, orderStatusAfter, orderTransitions } from './order-life.ts'

type Row = readonly [before: OrderStatus | 'expired', event: OrderEvent, after: OrderStatus]

/** Written a second time, from the state machine of the fact sheet. */
const allowed: readonly Row[] = [
  ['needsApproval', 'approve', 'issued'],
  ['needsApproval', 'approveOnHold', 'pending'],
  ['needsApproval', 'reject', 'rejected'],
  ['pending', 'validate', 'issued'],
  ['processing', 'validate', 'issued'],
  ['pending', 'cancel', 'canceled'],
  ['issued', 'awaitReissue', 'reissuePending'],
  ['issued', 'reissue', 'issued'],
  ['reissuePending', 'approve', 'issued'],
  ['reissuePending', 'approveOnHold', 'reissuePending'],
  ['reissuePending', 'validate', 'issued'],
  ['reissuePending', 'reject', 'issued'],
  ['reissuePending', 'cancel', 'issued'],
  ['issued', 'revoke', 'revoked'],
  ['issued', 'requestDuplicate', 'issued'],
  ['issued', 'validate', 'issued'],
]

const states: readonly (OrderStatus | 'expired')[] = [
  'needsApproval',
  'pending',
  'processing',
  'issued',
  'reissuePending',
  'rejected',
  'canceled',
  'revoked',
  'expired',
]
const events = Object.keys(orderTransitions) as OrderEvent[]

function outcome(state: OrderStatus | 'expired', event: OrderEvent): string {
  const { world, order } = planted(state === 'expired' ? { endsInDays: -1 } : { status: state })
  try {
    return orderStatusAfter(world, order, event)
  } catch (error) {
    return (error as Error).message
  }
}

describe('an order', () => {
  test.each(allowed)('that is %s becomes, by the event %s, %s', (state, event, after) => {
    expect(outcome(state, event)).toBe(after)
  })

  test('refuses every other event', () => {
    const rows = new Set(allowed.map(([state, event]) => `${state} ${event}`))
    const others = states.flatMap((state) => events.map((event) => [state, event] as const))
    const refused = others.filter(([state, event]) => !rows.has(`${state} ${event}`))
    expect(refused.length).toBe(states.length * events.length - allowed.length)
    for (const [state, event] of refused)
      expect([state, event, outcome(state, event)]).toEqual([state, event, expect.stringMatching(/^order-|^reissue-/)])
  })

  test.each<readonly [OrderStatus | 'expired', OrderEvent, RefusalReason]>([
    ['revoked', 'requestDuplicate', 'order-revoked'],
    ['expired', 'requestDuplicate', 'order-expired'],
    ['canceled', 'reissue', 'order-not-issued'],
    ['expired', 'awaitReissue', 'order-expired'],
    ['revoked', 'revoke', 'order-already-revoked'],
    ['reissuePending', 'revoke', 'reissue-pending'],
    ['expired', 'revoke', 'order-expired'],
    ['pending', 'revoke', 'order-not-issued'],
    ['issued', 'cancel', 'order-status-invalid'],
    ['needsApproval', 'cancel', 'order-status-invalid'],
    ['revoked', 'cancel', 'order-status-invalid'],
  ])('that is %s refuses the event %s: %s', (state, event, reason) => {
    expect(outcome(state, event)).toBe(reason)
  })

  test('expires after the last day of its primary certificate', () => {
    const { world, order } = planted({ endsInDays: 1 })
    world.clock.set('2019-07-02T23:59:59Z')
    expect(orderStateOf(world, order)).toBe('issued')
    world.clock.advance(1000)
    expect(orderStateOf(world, order)).toBe('expired')
  })

  test('does not expire while it waits for a reissue, nor after it was revoked', () => {
    for (const status of ['reissuePending', 'revoked'] as const) {
      const { world, order } = planted({ status, endsInDays: -1 })
      expect(orderStateOf(world, order)).toBe(status)
    }
  })
})
