import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { onTestFinished } from 'vitest'

/**
 * What a server must allow before a page of another origin may call it, and what such a page may read of its answers. A browser
 * repeats any request in silence when a connection breaks that it has kept, so it shall keep none.
 */
const permissions: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, X-DC-DEVKEY, x-cnc-date, x-cnc-auth-method, x-cnc-accessKey, x-cnc-timestamp',
  'Access-Control-Expose-Headers': 'Date, Location, x-cnc-request-id',
  connection: 'close',
}

/** Serves what another server has to pages of any origin, until the test ends. */
export async function serveAcrossOrigins(target: string): Promise<string> {
  return start(
    createServer((incoming, outgoing) => {
      if (incoming.method === 'OPTIONS') outgoing.writeHead(204, permissions).end()
      else forward(target, incoming, outgoing)
    }),
  )
}

/** Serves an empty page, until the test ends. */
export function servePage(): Promise<string> {
  return start(
    createServer((_request, outgoing) =>
      outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>'),
    ),
  )
}

/** As it came, with its `Host`, which some signatures are about. */
function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { url, method, headers } = incoming
  const onward = request(`${target}${url}`, { method: method!, headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode!, { ...answer.headers, ...permissions })
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}

async function start(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The client as a script of a page: its exports are the members of `certtwin`. */
export async function bundleClient(): Promise<string> {
  const stdin = { contents: "export * from '@certtwin/core'", resolveDir: import.meta.dirname }
  const { outputFiles } = await build({ stdin, bundle: true, format: 'iife', globalName: 'certtwin', write: false })
  return outputFiles[0]!.text
}
