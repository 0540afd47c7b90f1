import { once } from 'node:events'
import { connect } from 'node:net'

/** Writes the parts one after another, each when the one before has gone out, and gives all that comes until the server ends the connection. */
export async function exchangeRaw(port: number, parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = once(socket, 'close')
  await once(socket, 'connect')
  for (const part of parts) await new Promise<void>((resolve) => void socket.write(part, () => resolve()))
  await ended
  return Buffer.concat(chunks).toString('latin1')
}
