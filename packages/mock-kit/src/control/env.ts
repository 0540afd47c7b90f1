import type { Context } from 'hono'
import { ControlError } from '../definition.ts'
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
}

/**
 * The world that a request names; it begins with that if nobody was in it yet.
 *
 * @param others - what the query may hold beside `world`; a misspelled name must not lead to the default world
 * @throws ControlError for a name that no world can have, and for any other parameter
 */
export function worldOf({ req, env }: Context<ControlEnv>, ...others: readonly string[]): WorldControl<object> {
  const names = ['world', ...others]
  const unknown = Object.keys(req.query()).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new ControlError(`There is no parameter ${unknown}: choose from ${names.join(', ')}.`)
  return env.twin.world(req.query('world'))
}
