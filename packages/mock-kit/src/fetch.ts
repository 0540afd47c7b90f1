/** The one seam of the project: transport, authentication, journal and application are all of this type, so they stack. */
export type Fetch = (request: Request) => Promise<Response>

/** A `Fetch` for people, too: it also takes an address with options, as the platform's `fetch` does. */
export type OpenFetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>

export function toOpenFetch(fetch: Fetch): OpenFetch {
  return (input, init) => fetch(input instanceof Request && init === undefined ? input : new Request(input, init))
}

/** What a listener knows of a request beyond the `Request`. */
export interface Arrival {
  /** Names and values in turn, spelled and ordered as they came over the wire. */
  readonly rawHeaders: readonly string[]
  /** The connection that it came over; nobody knows where from once that is gone. */
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/**
 * What a listener serves: a `Fetch` that may answer at once, and that may throw a `WireFault` in place of an answer.
 *
 * `arrival` is missing where the request did not come over the wire.
 */
export type Answer = (request: Request, arrival?: Arrival) => Response | Promise<Response>
