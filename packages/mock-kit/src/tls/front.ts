import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { Connections } from '../listen/connections.ts'
import type { TlsIdentity } from './identity.ts'

/** What a TLS connection begins with: the type of a record that holds a handshake. No HTTP method begins so. */
const handshakeType = 0x16

/**
 * Lets a server of plain HTTP speak TLS too, on the same port, and answer `CONNECT` for the hosts of the identity.
 *
 * The first byte tells TLS from HTTP, because a caller that takes the twin for its proxy asks for the tunnel in plain text. There is
 * no tunnel in truth: what comes next on the connection is taken like the beginning of a new one.
 */
export function serveTls(server: Server, identity: TlsIdentity, connections: Connections): void {
  const [acceptHttp] = server.listeners('connection')
  server.removeAllListeners('connection')
  const accept = (socket: Socket): void => void acceptHttp!.call(server, socket)
  const key = identity.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const secureContext = createSecureContext({ cert: identity.certificates, key })
  const secure = (raw: Socket): void => {
    const secured = new TLSSocket(raw, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] })
    connections.secure(raw, secured)
    accept(secured)
  }
  const sort = (socket: Socket): void => {
    socket.once('readable', () => {
      const start = socket.read() as Buffer | null
      if (start === null) return socket.destroy() // it ended without a word
      socket.unshift(start)
      return start[0] === handshakeType ? secure(socket) : accept(socket)
    })
  }
  server.on('connection', sort)
  server.on('connect', (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const socket = duplex as Socket // of the server, which has no other
    const refusal = refuse(request, socket, identity.hosts)
    if (refusal !== undefined) return socket.end(refusal)
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    socket.unshift(head)
    return sort(socket)
  })
}

/** The answer to a `CONNECT` that is not let through. */
function refuse({ url = '' }: IncomingMessage, socket: Socket, hosts: readonly string[]): string | undefined {
  if (socket instanceof TLSSocket) return answer('This proxy is reached by http://, not by https://.')
  const host = URL.parse(`http://${url}`)?.hostname ?? ''
  if (hosts.some((name) => name.toLowerCase() === host)) return undefined
  return answer(`This proxy leads to ${hosts.join(', ')} alone. Exempt other hosts from it with NO_PROXY.`)
}

function answer(sentence: string): string {
  const head = ['HTTP/1.1 403 Forbidden', 'Content-Type: text/plain', 'Connection: close']
  return [...head, `Content-Length: ${Buffer.byteLength(sentence)}`, '', sentence].join('\r\n')
}
