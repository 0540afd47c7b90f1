import type { TwinBindings, World } from '@certtwin/mock-kit'
import type { components } from './control.generated.ts'
import type { Caller } from './domain/callers.ts'
import type { State } from './state.ts'

/** What may be changed while the twin runs. */
export type DigicertSettings = Readonly<Required<components['schemas']['Settings']>>

/** Everything that a request can see and change. */
export type DigicertWorld = World<State, DigicertSettings>

/** What a request carries through the twin. */
export interface DigicertBindings extends TwinBindings<DigicertWorld> {
  /** Who calls. */
  caller: Caller
  /** The body of a POST or PUT. */
  json: Readonly<Record<string, unknown>>
}

/** What routes find in their context. */
export interface DigicertEnv {
  Bindings: DigicertBindings
}
