import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The connections of one listener, and what runs on them. */
export interface Connections {
  readonly isDraining: boolean
  /** A client has connected. */
  readonly add: (socket: Socket) => void
  /** The connection is encrypted from now on: what runs on it runs on `secured`. */
  readonly secure: (raw: Socket, secured: Socket) => void
  /** A request has arrived whose answer goes to `outgoing`. */
  readonly begin: (outgoing: ServerResponse) => void
  /** The last request of the connection will not be answered: it runs no longer, and the connection stays open. */
  readonly abandon: (socket: Socket) => void
  /** Resets the connection (RST), also an encrypted one. */
  readonly reset: (socket: Socket) => void
  /** Ends each connection once its requests are answered; idle ones at once. */
  readonly drain: () => void
  /** Ends every connection now. */
  readonly destroy: () => void
}

/** Keeps track of connections; Node's own record does not tell an answer that is sent from one that is only written. */
export function createConnections(): Connections {
  // The latest answer tells all: those before it on the same connection are sent first.
  const latest = new Map<Socket, ServerResponse | undefined>()
  const raws = new WeakMap<Socket, Socket>()
  let isDraining = false
  const add = (socket: Socket): void => {
    latest.set(socket, undefined)
    socket.once('close', () => latest.delete(socket))
    // Whatever breaks a connection ends it; without a listener it would end the process.
    socket.on('error', () => socket.destroy())
  }
  return {
    get isDraining() {
      return isDraining
    },
    add,
    secure(raw, secured) {
      latest.delete(raw)
      raws.set(secured, raw)
      add(secured)
    },
    begin: (outgoing) => void latest.set(outgoing.req.socket, outgoing),
    abandon(socket) {
      latest.set(socket, undefined)
      if (isDraining) socket.destroy()
    },
    reset(socket) {
      const raw = raws.get(socket) ?? socket
      // The system refuses to reset what is about to end, and Node would then leave the handle open for ever.
      if (raw.writableEnded) raw.destroy()
      else raw.resetAndDestroy()
    },
    drain() {
      isDraining = true
      for (const [socket, outgoing] of latest) endAfter(outgoing, socket)
    },
    destroy() {
      for (const socket of latest.keys()) socket.destroy()
    },
  }
}

function endAfter(outgoing: ServerResponse | undefined, socket: Socket): void {
  if (outgoing === undefined || outgoing.writableFinished) socket.destroy()
  else outgoing.once('close', () => socket.destroySoon())
}
