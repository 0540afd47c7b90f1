import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Server } from '../command/server.ts'
import type { Page } from './app.ts'

/** A page that listens. */
export interface ListeningPage extends Server {
  readonly url: string
}

/** The port could not be had; the message says which one and what to do. */
class ListenError extends Error {
  override readonly name = 'ListenError'
}

const host = '127.0.0.1'

/**
 * Serves the page on loopback.
 *
 * @throws ListenError when the port is in use or not permitted
 */
export async function listenPage(page: Page, port: number): Promise<ListeningPage> {
  const listener = getRequestListener((request) => page.fetch(request), { overrideGlobalObjects: false })
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  try {
    await once(server.listen(port, host), 'listening')
  } catch (error) {
    throw new ListenError(`Cannot listen on ${host} port ${port}: ${describe(error)} Choose another one with --port.`)
  }
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      page.close()
      const closed = once(server.close(), 'close')
      server.closeAllConnections() // live events would keep theirs open
      await closed
    },
  }
}

function describe(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EADDRINUSE' ? 'it is in use.' : `the system says ${code}.`
}
