import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { WireFault } from '../faults/wire-fault.ts'
import type { Answer } from '../fetch.ts'
import { serveTls } from '../tls/front.ts'
import type { TlsIdentity } from '../tls/identity.ts'
import { type Connections, createConnections } from './connections.ts'
import { toListenError } from './listen-error.ts'
import { outgoingClass } from './outgoing.ts'
import { playEffect } from './wire-effects.ts'

export interface ListenOptions {
  /** `0`, the default, takes a free port. */
  readonly port?: number
  /** Loopback unless told otherwise: a twin must not be mistaken for the real service by anybody else. */
  readonly host?: string
  /**
   * The process does nothing else: the globals `Request` and `Response` are replaced by faster ones, and its memory is kept
   * small. `false` unless told, since globals and memory belong to the caller.
   */
  readonly ownsProcess?: boolean
  /** Serves TLS with this certificate, and `CONNECT` for its hosts; plain HTTP on the same port goes on being answered. */
  readonly tls?: TlsIdentity
  /** Told of an error that nobody expected; its request gets a bare 500. */
  readonly onError?: (error: unknown) => void
}

export interface ServeOptions extends ListenOptions {
  /** Header names as they are to be spelled on the wire; others go out in lower case. */
  readonly headerNames?: readonly string[]
}

/** A server that listens. */
export interface Listening {
  /** The base URL without a slash at its end, for instance `http://127.0.0.1:4010`; `https:` where TLS is served. */
  readonly url: string
  readonly port: number
  /** Stops listening and ends the connections. */
  readonly close: () => Promise<void>
  /**
   * Stops listening and lets the requests that run come to their end, for a process that is asked to stop.
   *
   * Idle connections, and those whose request will never be answered, end at once; what runs on after `graceMs`, 5,000 unless
   * told, is ended too.
   */
  readonly drain: (graceMs?: number) => Promise<void>
}

const defaultGraceMs = 5000

/**
 * Serves an `Answer` over HTTP, on loopback unless told otherwise.
 *
 * @throws ListenError when the port is in use or not permitted
 */
export async function listen(answer: Answer, options: ServeOptions = {}): Promise<Listening> {
  const { port = 0, headerNames = [] } = options
  const host = hostOf(options)
  if (options.ownsProcess === true) keepMemorySmall()
  const connections = createConnections()
  const isDraining = (): boolean => connections.isDraining
  const server = createServer({ ServerResponse: outgoingClass({ headerNames, isDraining }) })
  if (options.tls !== undefined) serveTls(server, options.tls, connections)
  server.on('connection', connections.add)
  const authority = await bind(server, host, port)
  server.on('request', serve(answer, authority, options, connections))
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${authority}`,
    port: (server.address() as AddressInfo).port,
    ...createEnding(server, connections),
  }
}

/**
 * What requests leave behind is short-lived, and the room that V8 gives to such objects would double as long as there is load:
 * a busy twin takes 125 MB without that, up to 215 MB with it, and is not slower.
 */
function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** An empty name would mean every address of the machine. */
export function hostOf({ host = '' }: ListenOptions): string {
  return host === '' ? '127.0.0.1' : host
}

/** Gives what stands behind `//` in the base URL. */
async function bind(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(toListenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  return `${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
}

/** The request listener of the server: an answer becomes bytes by the adaptor, a `WireFault` by `playEffect`. */
function serve(answer: Answer, authority: string, options: ListenOptions, connections: Connections): RequestListener {
  const { ownsProcess = false } = options
  const recover = createRecovery(options, connections)
  const listener = getRequestListener(
    (request, { incoming, outgoing }) => {
      try {
        const answered = answer(request, incoming)
        return answered instanceof Promise ? answered.catch((error: unknown) => recover(error, outgoing)) : answered
      } catch (error) {
        return recover(error, outgoing)
      }
    },
    {
      hostname: authority, // what stands in for `Host` where HTTP/1.0 leaves it out
      overrideGlobalObjects: ownsProcess,
      errorHandler: (error) => {
        throw error
      },
    },
  )
  return (incoming, outgoing) => {
    connections.begin(outgoing)
    listener(incoming, outgoing).catch(() => {
      // A host or path that makes no URL names nothing, and is answered like any other request for nothing.
      incoming.url = '/'
      incoming.headers.host = authority
      return listener(incoming, outgoing)
    })
  }
}

type RequestListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void
type Recovery = (error: unknown, outgoing: ServerResponse | Http2ServerResponse) => Promise<Response>

/** What to answer when there is no answer. */
function createRecovery({ onError }: ListenOptions, connections: Connections): Recovery {
  const recover: Recovery = async (error, outgoing) => {
    const { req } = outgoing as ServerResponse // Node's adaptor serves HTTP/2 too, this server does not
    if (error instanceof WireFault) {
      const played = playEffect(error.effect, req, outgoing as ServerResponse, connections)
      return played.then(() => RESPONSE_ALREADY_SENT).catch((bug: unknown) => recover(bug, outgoing))
    }
    if (isCutOff(req)) return RESPONSE_ALREADY_SENT
    onError?.(error)
    return new Response(null, { status: 500 })
  }
  return recover
}

/** A caller that goes away before its request is sent breaks the reading of the body: no bug, and nobody to answer. */
function isCutOff(incoming: IncomingMessage): boolean {
  return incoming.destroyed && !incoming.complete
}

function createEnding(server: Server, connections: Connections): Pick<Listening, 'close' | 'drain'> {
  // Node's own would cut off an answer that is written but not sent yet; those that are idle have been ended by then.
  server.closeIdleConnections = () => undefined
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  const stop = (): Promise<void> => {
    if (server.listening) server.close()
    return closed
  }
  return {
    close() {
      connections.destroy()
      return stop()
    },
    async drain(graceMs = defaultGraceMs) {
      connections.drain()
      const timer = setTimeout(connections.destroy, graceMs)
      await stop()
      clearTimeout(timer)
    },
  }
}
