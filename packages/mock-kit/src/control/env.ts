import type { Twin } from '../twin.ts'
import type { WorldControl } from '../world-control.ts'

/** What a route of the control plane finds in its context. */
export interface ControlEnv {
  Bindings: {
    readonly twin: Twin<object>
    /** Aborted when the listener closes: streams have to end then. */
    readonly closing: AbortSignal
    /** Told when the plane itself fails. */
    readonly onError: ((error: unknown) => void) | undefined
  }
  Variables: {
    /** The world that the request names. */
    world: WorldControl<object>
  }
}
