/** The one seam of the project: transport, authentication, journal and application are all of this type, so they stack. */
export type Fetch = (request: Request) => Promise<Response>

/** What a listener knows of a request beyond the `Request`. */
export interface Arrival {
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[]
}

/** What a listener serves; it may throw a `WireFault`, which the listener turns into bytes. */
export type Answer = (request: Request, arrival?: Arrival) => Promise<Response>
