import type { Dialect } from './dialect.ts'
import type { Draft } from './request.ts'

/** An authentication scheme. */
export interface Auth {
  /** Makes the request of one attempt, with its own signature. */
  readonly sign: (draft: Draft) => Promise<Request>
  /** Whether to sign once more what was refused: it has learned the service's time from the refusal. */
  readonly learnTime?: (request: Request, response: Response) => boolean
  /** What it has signed with lately: none of it may appear anywhere. */
  readonly secrets: Iterable<string>
  /** Clients with the same one share the vendor's limits; undefined where it is not known beforehand. */
  readonly account: string | undefined
}

/** A vendor's service, as a client comes to it. */
export interface Service {
  readonly baseUrl: string
  readonly auth: Auth
  readonly dialect: Dialect
}
