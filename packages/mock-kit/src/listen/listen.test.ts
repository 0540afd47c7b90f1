import { execFile } from 'node:child_process'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { WireFault } from '../faults/wire-fault.ts'
import type { Answer } from '../fetch.ts'
import { listen, type Listening, type ServeOptions } from './listen.ts'
import { nodeRequest, rawExchange, rawOutcome } from './test-clients.ts'

const running: Listening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

async function setup(answer: Answer, options: ServeOptions = {}): Promise<Listening> {
  const listening = await listen(answer, options)
  running.push(listening)
  return listening
}

const get = 'GET /notes HTTP/1.1\r\nHost: twin.example\r\n\r\n'

describe('an answer', () => {
  test('may come at once or later', async () => {
    const { url } = await setup((request) =>
      request.url.endsWith('/later') ? Promise.resolve(new Response('later')) : new Response('at once'),
    )
    expect(await nodeRequest(url)).toEqual({ status: 200, body: 'at once' })
    expect(await nodeRequest(`${url}/later`)).toEqual({ status: 200, body: 'later' })
  })

  test('can tell how the headers of its request were spelled', async () => {
    const { port } = await setup((_, arrival) => Response.json(arrival!.rawHeaders))
    const { text } = await rawExchange(
      port,
      'GET / HTTP/1.1\r\nhOsT: a\r\nX-Two: 1\r\nx-two: 2\r\nConnection: close\r\n\r\n',
    )
    expect(text).toContain('["hOsT","a","X-Two","1","x-two","2","Connection","close"]')
  })

  test('spells header names as told, repeated ones too', async () => {
    const headers = [['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['etag', '"x"'], ['x-odd', '1']] as [string, string][] // prettier-ignore
    const { port } = await setup(() => new Response('x', { headers }), { headerNames: ['Set-Cookie', 'ETag'] })
    const { text } = await rawExchange(port, get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    expect(text.split('\r\n')).toEqual(
      expect.arrayContaining(['Set-Cookie: a=1', 'Set-Cookie: b=2', 'ETag: "x"', 'x-odd: 1']),
    )
  })
})

test('listens on loopback where the host is an empty text, which would mean every address', async () => {
  const { url } = await setup(() => new Response(), { host: '' })
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
})

describe('an error that nobody expected', () => {
  test.each([
    ['thrown', (): Response => thrown()],
    ['rejected', async (): Promise<Response> => thrown()],
  ])('is a bare 500 on the wire, and told to who wants to know: %s', async (_, answer) => {
    const errors: unknown[] = []
    const { port } = await setup(answer, { onError: (error) => errors.push(error) })
    const { text } = await rawExchange(port, get.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    expect(text).toMatch(/^HTTP\/1\.1 500 /)
    expect(text).not.toMatch(/sorry|listen\.test/)
    expect(text).toMatch(/\r\n\r\n(0\r\n\r\n)?$/)
    expect(errors).toEqual([new Error('sorry')])
  })

  test('is a bare 500 too when it comes of a fault that cannot be played', async () => {
    const errors: unknown[] = []
    const response = new Response('read before')
    await response.text()
    const answer: Answer = () => {
      throw new WireFault({ kind: 'truncated', response, bytes: 1 })
    }
    const { url } = await setup(answer, { onError: (error) => errors.push(error) })
    expect(await nodeRequest(url)).toEqual({ status: 500, body: '' })
    expect(errors).toEqual([expect.any(TypeError)])
  })

  test('is not what a caller makes that goes away in the middle of its body', async () => {
    const errors: unknown[] = []
    const { promise: settled, resolve } = Promise.withResolvers<void>()
    const answer: Answer = (request) => request.text().then(() => new Response(), (error: unknown) => { resolve(); throw error }) // prettier-ignore
    const { port } = await setup(answer, { onError: (error) => errors.push(error) })
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc', () => socket.resetAndDestroy())
    })
    await settled
    expect(await nodeRequest(`http://127.0.0.1:${port}`)).toMatchObject({ status: 200 })
    expect(errors).toEqual([])
  })

  test('does not hide in a fault: a host that makes no URL is reset too', async () => {
    const { port } = await setup(() => {
      throw new WireFault({ kind: 'reset' })
    })
    expect(await rawExchange(port, 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n')).toEqual({ text: '', end: 'ECONNRESET' })
  })
})

describe('draining', () => {
  test('lets a request end that runs, and its connection with it', async () => {
    const world = await setupSlow()
    const socket = connect(world.port, '127.0.0.1', () => socket.write(get))
    const outcome = rawOutcome(socket)
    await world.arrived
    const drained = world.drain()
    world.answer(new Response('x'.repeat(4_000_000)))
    const { text, end } = await outcome
    expect(text).toContain('\r\nConnection: close\r\n')
    expect(text).toHaveLength(text.indexOf('\r\n\r\n') + 4 + 4_000_000)
    expect(end).toBe('end')
    await drained
  })

  test('does not cut off an answer that is written but not sent', async () => {
    const body = 'x'.repeat(20_000_000) // more than the system takes from the server before the client reads
    const world = await setup(() => new Response(body))
    const socket = connect(world.port, '127.0.0.1', () => socket.write(get))
    await new Promise((resolve) => socket.once('readable', resolve))
    const drained = world.drain(60_000)
    const { text, end } = await rawOutcome(socket)
    expect(text).toHaveLength(text.indexOf('\r\n\r\n') + 4 + body.length)
    expect(end).toBe('end')
    await drained
  })

  test('takes no connection any more', async () => {
    const world = await setupSlow()
    await world.drain()
    expect(await nodeRequest(world.url)).toMatchObject({ error: 'ECONNREFUSED' })
  })

  test('ends connections that are idle, have not asked yet, or will never be answered', async () => {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
    const world = await setup((request) => {
      if (!request.url.endsWith('/silence')) return new Response('x')
      arrive()
      throw new WireFault({ kind: 'silence' })
    })
    const idle = connect(world.port, '127.0.0.1', () => idle.write(get))
    const unasked = connect(world.port, '127.0.0.1')
    const silent = connect(world.port, '127.0.0.1', () => silent.write(get.replace('/notes', '/silence')))
    const ends = Promise.all([idle, unasked, silent].map(rawOutcome))
    await Promise.all([arrived, new Promise((resolve) => idle.once('data', resolve))])
    await world.drain(60_000)
    expect((await ends).map(({ end }) => end)).toEqual(['end', 'end', 'end'])
  })

  test('ends what runs on for too long', async () => {
    const world = await setupSlow()
    const outcome = rawExchange(world.port, get)
    await world.arrived
    await world.drain(1)
    expect((await outcome).text).toBe('')
  })
})

test(
  'a reset of a connection that its client has half closed leaves nothing behind that keeps the process',
  { timeout: 20_000 },
  async () => {
    const program = `
    import { connect } from 'node:net'
    const { listen } = await import(${JSON.stringify(`${import.meta.dirname}/listen.ts`)})
    const { WireFault } = await import(${JSON.stringify(`${import.meta.dirname}/../faults/wire-fault.ts`)})
    const { port, close } = await listen(async (_, { socket }) => {
      await new Promise((resolve) => socket.once('end', resolve))
      throw new WireFault({ kind: 'reset' })
    })
    const client = connect(port, '127.0.0.1', () => client.end('GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'))
    client.on('error', () => undefined)
    await new Promise((resolve) => client.once('close', resolve))
    await close()
  `
    const options = ['--input-type=module', '--eval', program]
    await expect(promisify(execFile)(process.execPath, options, { timeout: 10_000 })).resolves.toMatchObject({
      stderr: '',
    })
  },
)

describe('the globals Request and Response', { timeout: 20_000 }, () => {
  test('are the caller’s after listening and answering', async () => {
    expect(await globalsAfterListening('{}')).toEqual({ kept: true, native: true, answered: 'yes' })
  })

  test('are replaced when told so', async () => {
    expect(await globalsAfterListening('{ ownsProcess: true }')).toEqual({
      kept: false,
      native: false,
      answered: 'yes',
    })
  })
})

test('a second close does no harm', async () => {
  const listening = await setup(() => new Response())
  const closings = [listening.close(), listening.close(), listening.drain()]
  await expect(Promise.all(closings)).resolves.toHaveLength(3)
})

function thrown(): never {
  throw new Error('sorry')
}

/** Answers when told to. */
async function setupSlow() {
  const { promise: response, resolve: answer } = Promise.withResolvers<Response>()
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
  const listening = await setup(() => {
    arrive()
    return response
  })
  return { ...listening, arrived, answer }
}

/** In a process of its own, where nobody has touched the globals before. */
async function globalsAfterListening(options: string): Promise<unknown> {
  const program = `
    const { Request, Response } = globalThis
    const { listen } = await import(${JSON.stringify(`${import.meta.dirname}/listen.ts`)})
    const listening = await listen(() => new globalThis.Response('yes'), ${options})
    const answered = await (await fetch(listening.url)).text()
    const kept = globalThis.Request === Request && globalThis.Response === Response
    const made = new globalThis.Response('')
    const native = made instanceof Response && Object.getPrototypeOf(made) === Response.prototype
    process.stdout.write(JSON.stringify({ kept, native, answered }))
    process.exit()
  `
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  return JSON.parse(stdout)
}
