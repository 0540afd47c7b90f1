import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WireEffect } from '../faults/wire-fault.ts'
import type { Connections } from './connections.ts'

/** Does to a connection what the effect says, in place of an answer. */
export async function playEffect(
  effect: WireEffect,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  connections: Connections,
): Promise<void> {
  const { socket } = incoming
  if (effect.kind === 'reset') connections.reset(socket)
  else if (effect.kind === 'silence') connections.abandon(socket)
  else await sendPart(effect.response, effect.bytes, outgoing)
}

/** Node does not mind a body that is shorter than its `Content-Length`, and ends the connection after it. */
async function sendPart(response: Response, bytes: number, outgoing: ServerResponse): Promise<void> {
  const headers = new Headers(response.headers)
  const body = new Uint8Array(await response.arrayBuffer())
  if (response.body !== null) headers.set('Content-Length', String(body.length))
  outgoing.shouldKeepAlive = false
  outgoing.writeHead(response.status, [...headers].flat())
  outgoing.end(body.subarray(0, bytes))
}
