import { createDigicertClient } from '@certtwin/core'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { expect, it } from 'vitest'
import { describeOrder } from './orders.ts'

function setup() {
  const { fetch, accounts } = createDigicertMock({ clock: createManualClock('2026-03-01T12:00:00Z') })
  return createDigicertClient({ ...accounts[0], fetch })
}

it('shows an order with its primary certificate and its duplicates, the newest first', async () => {
  const order = await describeOrder(setup(), 100004)
  expect(order).toMatchObject({
    id: 100004,
    status: 'issued',
    product: 'Multi-Domain SSL',
    organization: 'Example Org LLC',
  })
  expect(order.certificates).toMatchObject([
    {
      id: 100104,
      place: 'primary',
      status: 'issued',
      names: ['example.com', 'sub.example.com'],
      validTill: '2026-12-01',
    },
    { id: 23456, place: '112', status: 'pending', validTill: undefined, serialNumber: undefined },
    { id: 12345, place: '111', status: 'approved', validTill: '2026-12-01' },
  ])
})

it('shows an order that is not issued yet', async () => {
  const order = await describeOrder(setup(), 123456)
  expect(order).toMatchObject({
    status: 'needs_approval',
    certificates: [{ place: 'primary', status: 'needs_approval' }],
  })
})

it.each([
  [100006, 'revoked'],
  [100007, 'expired'],
  [100010, 'issued'],
])('shows what became of the primary certificate of order %i: %s', async (id, status) => {
  const { certificates } = await describeOrder(setup(), id)
  expect(certificates[0]).toMatchObject({ place: 'primary', status, validTill: expect.any(String) as string })
})
