import {
  type Clock,
  createRandom,
  createRateLimiter,
  type Lifecycle,
  type Random,
  type RateLimiter,
  type TwinEnv,
  type World,
} from '@certtwin/mock-kit'
import type { TaskStatus, User } from './entities.ts'
import { createState, type State } from './state.ts'

export interface CdnProWorld extends World {
  readonly clock: Clock
  readonly random: Random
  readonly rateLimiter: RateLimiter
  readonly taskLifecycle: Lifecycle<TaskStatus>
  readonly state: State
}

/** What routes find in the context of a request. */
export type CdnProEnv = TwinEnv<CdnProWorld> & { Variables: { account: User } }

export interface WorldOptions {
  readonly clock: Clock
  readonly seed: string | undefined
  readonly taskLifecycle: Lifecycle<TaskStatus>
}

/** 300 calls in 5 minutes, by the vendor's page; the form of the window is assumed. */
const rateWindow = { limit: 300, windowMs: 300_000 }

export function createWorld({ clock, seed, taskLifecycle }: WorldOptions): CdnProWorld {
  return {
    clock,
    random: createRandom(seed),
    rateLimiter: createRateLimiter([rateWindow]),
    taskLifecycle,
    state: createState(clock.now()),
  }
}
