import type { Random, RateLimiter, TwinEnv, World } from '@certtwin/mock-kit'
import type { Caller } from './domain/callers.ts'
import type { Profile } from './profiles.ts'
import type { State } from './state.ts'

/** Everything that a request can see and change. */
export interface DigicertWorld extends World {
  readonly random: Random
  readonly profile: Profile
  readonly limiter: RateLimiter
  readonly state: State
}

/** What a handler finds in its context: the world, the exchange, who calls, and the body as a JSON object. */
export type DigicertEnv = TwinEnv<DigicertWorld> & {
  Variables: { caller: Caller; json: Readonly<Record<string, unknown>> }
}
