import type { TwinEnv, World } from '@certtwin/mock-kit'
import type { components } from './control.generated.ts'
import type { Caller } from './domain/callers.ts'
import type { State } from './state.ts'

/** What may be changed while the twin runs. */
export type DigicertSettings = Readonly<Required<components['schemas']['Settings']>>

/** Everything that a request can see and change. */
export type DigicertWorld = World<State, DigicertSettings>

/** What a handler finds in its context: the world, the exchange, who calls, and the body as a JSON object. */
export type DigicertEnv = TwinEnv<DigicertWorld> & {
  Variables: { caller: Caller; json: Readonly<Record<string, unknown>> }
}
