import type { TwinBindings, World } from '@certtwin/mock-kit'
import type { components } from './control.generated.ts'
import type { User } from './entities.ts'
import type { State } from './state.ts'

/** What may be changed while the twin runs. */
export type CdnProSettings = Readonly<Required<components['schemas']['Settings']>>

/** Everything that a request can see and change. */
export type CdnProWorld = World<State, CdnProSettings>

/** What a request carries through the twin. */
export interface CdnProBindings extends TwinBindings<CdnProWorld> {
  /** Who signed it. */
  account: User
}

/** What routes find in their context. */
export interface CdnProEnv {
  Bindings: CdnProBindings
}
