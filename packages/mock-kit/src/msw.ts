import { isFetchFailure } from './faults/wire-fault.ts'
import type { Fetch } from './fetch.ts'

/** What is needed of MSW's `http`; that of version 2 fits, and that of version 3. */
export interface HandlerFactory<Handler> {
  all(path: string, resolver: (info: { readonly request: Request }) => Promise<Response>): Handler
}

export interface HandlerOptions {
  /** The URLs that the twin stands in for, each with what is below it, for instance `https://api.example.com`. */
  readonly baseUrls: readonly string[]
}

/**
 * Makes handlers for MSW that send the requests of real URLs into a twin, for tests that intercept them.
 *
 * A fault of the connection becomes MSW's network error.
 *
 * @param http - `http` of `msw`; given, so that the kit does not depend on one version of it
 *
 * @example
 * const server = setupServer(...createHandlers(http, mock, { baseUrls: ['https://api.example.com'] }))
 */
export function createHandlers<Handler>(
  http: HandlerFactory<Handler>,
  mock: { readonly fetch: Fetch },
  { baseUrls }: HandlerOptions,
): Handler[] {
  const answer = ({ request }: { readonly request: Request }): Promise<Response> =>
    mock.fetch(request).catch((error: unknown) => {
      // MSW takes what is thrown for a 500.
      if (isFetchFailure(error) || request.signal.aborted) return Response.error()
      throw error
    })
  return baseUrls.map((baseUrl) => http.all(`${baseUrl.replace(/\/$/, '')}/*`, answer))
}
