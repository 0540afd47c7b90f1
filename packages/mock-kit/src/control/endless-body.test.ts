import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { TwinListening, TwinListenOptions } from '../listen/listen-twin.ts'
import { setupNotes } from '../test-twin.ts'

const running: TwinListening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

async function setup(options: TwinListenOptions = {}): Promise<number> {
  const listening = await setupNotes().twin.listen(options)
  running.push(listening)
  return listening.port
}

/** Sends a body without end, and says how many bytes went out until nobody took them any more, and what was the answer. */
async function sendWithoutEnd(port: number, line: string): Promise<{ sentBytes: number; answer: string }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let answer = ''
  socket.on('data', (part) => (answer += part.toString()))
  const over = new Promise((resolve) => socket.on('error', resolve).on('close', resolve))
  socket.write(
    `${line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
  )
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, '['), Buffer.from('\r\n')])
  while (!socket.destroyed)
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => undefined), over])
  return { sentBytes: socket.bytesWritten, answer }
}

describe('a body without end', { timeout: 60_000 }, () => {
  it('is given up after 16 MiB', async () => {
    const { sentBytes, answer } = await sendWithoutEnd(await setup(), 'POST /__mock/faults')
    expect(sentBytes).toBeLessThan(40 * 1024 * 1024) // with what the system's buffers took
    expect(answer).toMatch(/^(?:HTTP\/1\.1 413 |$)/) // a reset may come before the answer
  })

  it.each([
    ['a refused call', 'POST /__mock/faults', { token: 'secret' }, 401],
    ['a call without a body', 'POST /__mock/reset', {}, 204],
    ['an unknown call', 'POST /__mock/nothing', {}, 404],
  ])('that nobody reads is not waited for: %s', async (_, line, options, status) => {
    const { answer } = await sendWithoutEnd(await setup(options), line)
    expect(answer).toMatch(new RegExp(`^(?:HTTP/1\\.1 ${status} |$)`))
  })

  it('of a state takes no more memory than what a state may have', async () => {
    const { sentBytes } = await sendWithoutEnd(await setup(), 'PUT /__mock/state')
    expect(sentBytes).toBeLessThan(100 * 1024 * 1024)
  })
})
