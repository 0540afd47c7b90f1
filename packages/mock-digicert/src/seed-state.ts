import { Table } from '@certtwin/mock-kit'
import type { Soil } from './planting/certificates.ts'
import { plantSeed } from './planting/plant.ts'
import { firstIds, seed } from './seeds.ts'
import type { State } from './state.ts'

/** A new state with the seed data; its dates are counted from now, so that orders stay valid. */
export function createSeededState(soil: Soil): State {
  const state: State = {
    accounts: new Table(),
    containers: new Table(),
    organizations: new Table(),
    domains: new Table(),
    metadata: new Table(),
    users: new Table(),
    apiKeys: new Table([], { secret: true }),
    orders: new Table(),
    certificates: new Table([], { groupOf: ({ orderId }) => orderId }),
    requests: new Table([], { groupOf: ({ orderId }) => orderId }),
    sequences: new Table([
      ['orders', firstIds.orders],
      ['certificates', firstIds.certificates],
      ['requests', firstIds.requests],
    ]),
  }
  plantSeed(state, soil, seed)
  return state
}
