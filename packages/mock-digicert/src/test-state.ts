// A state without a twin around it, for tests of the domain.
import { createManualClock, createRandom, type TwinClock } from '@certtwin/mock-kit'
import type { SeedOrder } from './control.generated.ts'
import type { Order } from './entities.ts'
import { plantSeed } from './planting/plant.ts'
import { profiles } from './profiles.ts'
import { createSeededState } from './seed-state.ts'
import { mustGet, type State } from './state.ts'
import { start } from './test-world.ts'

export interface TestState {
  readonly clock: TwinClock
  readonly state: State
}

/** A state of its own at the usual time, with one more order of container 14, which is as wished. */
export function planted(wish: Partial<SeedOrder> = {}): { readonly world: TestState; readonly order: Order } {
  const clock = createManualClock(start)
  const soil = { nowMs: clock.now(), random: createRandom('tests'), profile: profiles['2019'] }
  const state = createSeededState(soil)
  const order = { id: 7, product: 'ssl_basic', commonName: 'seven.example.net', container: 14, ...wish }
  plantSeed(state, soil, { orders: [order] })
  return { world: { clock, state }, order: mustGet(state.orders, 7) }
}
