import { createServer, type OutgoingHttpHeader, type OutgoingHttpHeaders, type Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, RequestError } from '@hono/node-server'
import type { Answer } from './fetch.ts'

export interface ListenOptions {
  /** `0`, the default, takes a free port. */
  readonly port?: number
  /** Loopback unless told otherwise: a twin must not be mistaken for the real service by anybody else. */
  readonly host?: string
}

interface ServeOptions extends ListenOptions {
  readonly headerNames: readonly string[]
}

/** A server that listens. */
export interface Listening {
  /** The base URL without a slash at its end, for instance `http://127.0.0.1:4010`. */
  readonly url: string
  readonly port: number
  /** Stops listening and ends the connections. */
  readonly close: () => Promise<void>
}

/** A port could not be had; the message says which and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

/**
 * Serves a twin over HTTP.
 *
 * @throws ListenError when the port is in use or not permitted
 */
export async function listen(answer: Answer, options: ServeOptions): Promise<Listening> {
  const { port = 0, host = '127.0.0.1' } = options
  const server = createServer({ ServerResponse: spellingResponse(options.headerNames) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toListenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const authority = `${host.includes(':') ? `[${host}]` : host}:${address.port}`
  const listener = getRequestListener((request, { incoming }) => answer(request, { rawHeaders: incoming.rawHeaders }), {
    hostname: authority, // what stands in for `Host` where HTTP/1.0 leaves it out
    overrideGlobalObjects: false, // the globals belong to the caller's process
    // A host or path that makes no URL names nothing, and is answered like any other request for nothing.
    errorHandler: (error) => (error instanceof RequestError ? answer(new Request(`http://${authority}/`)) : undefined),
  })
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))
  return { url: `http://${authority}`, port: address.port, close: () => close(server) }
}

function toListenError(error: NodeJS.ErrnoException, host: string, port: number): ListenError {
  const causes: Record<string, string> = {
    EADDRINUSE: 'it is in use. Choose another one, or 0 for a free one.',
    EACCES: 'the system does not permit it. Choose one above 1023.',
    EADDRNOTAVAIL: 'this machine has no such address.',
    ENOTFOUND: 'the host name is unknown.',
  }
  return new ListenError(`Cannot listen on ${host} port ${port}: ${causes[error.code ?? ''] ?? `${error.code}.`}`)
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}

/** A response that spells header names as given: the adaptor hands them over in lower case, and some callers compare. */
function spellingResponse(names: readonly string[]): typeof ServerResponse {
  const spellings = new Map(names.map((name) => [name.toLowerCase(), name]))
  const spell = (name: string): string => spellings.get(name.toLowerCase()) ?? name
  class SpellingResponse extends ServerResponse {
    override setHeader(name: string, value: number | string | readonly string[]): this {
      return super.setHeader(spell(name), value)
    }
    override writeHead(status: number, reason?: unknown, headers?: unknown): this {
      const given = (typeof reason === 'string' ? headers : reason) as
        | OutgoingHttpHeaders
        | OutgoingHttpHeader[]
        | undefined
      if (given === undefined || Array.isArray(given)) return super.writeHead(status, given)
      return super.writeHead(
        status,
        Object.fromEntries(Object.entries(given).map(([name, value]) => [spell(name), value])),
      )
    }
  }
  // The subclass fixes the type parameter that the original leaves open.
  return SpellingResponse as typeof ServerResponse
}
