import { describe, expect, test } from 'vitest'
import { listen } from '../listen/listen.ts'
import { collectGarbage } from '../test-garbage.ts'
import { asFetchFailure, isFetchFailure, WireFault } from './wire-fault.ts'

function setup(signal?: AbortSignal) {
  const request = new Request('http://twin.example/', signal === undefined ? {} : { signal })
  const response = new Response('0123456789', { status: 201, headers: { 'x-kept': 'yes' } })
  const truncated = (bytes: number): Promise<Response> =>
    asFetchFailure(new WireFault({ kind: 'truncated', response, bytes }), request)
  return { request, truncated }
}

async function readUntilFailure(response: Response): Promise<{ text: string; error: unknown }> {
  let text = ''
  try {
    for await (const part of response.body!) text += Buffer.from(part).toString()
  } catch (error) {
    return { text, error }
  }
  return { text, error: undefined }
}

describe('a reset in process', () => {
  test('is the failure of fetch, with the code of the system', async () => {
    const failure = asFetchFailure(new WireFault({ kind: 'reset' }), setup().request)
    await expect(failure).rejects.toThrow(TypeError)
    await expect(failure).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  })

  test('is told from an abort and from a bug', async () => {
    const failure: unknown = await asFetchFailure(new WireFault({ kind: 'reset' }), setup().request).catch(
      (error: unknown) => error,
    )
    expect(isFetchFailure(failure)).toBe(true)
    expect(isFetchFailure(new TypeError('x is not a function'))).toBe(false)
    expect(isFetchFailure(new DOMException('aborted', 'AbortError'))).toBe(false)
  })
})

describe('silence in process', () => {
  test('lasts until the request is aborted, and fails with the reason', async () => {
    const controller = new AbortController()
    const { request } = setup(controller.signal)
    const failure = asFetchFailure(new WireFault({ kind: 'silence' }), request)
    expect(await Promise.race([failure.catch(() => 'settled'), Promise.resolve('waiting')])).toBe('waiting')
    const reason = new Error('had enough')
    controller.abort(reason)
    await expect(failure).rejects.toBe(reason)
  })

  test('ends with the abort also when nobody has held the request meanwhile', async () => {
    const controller = new AbortController()
    const failure = asFetchFailure(new WireFault({ kind: 'silence' }), setup(controller.signal).request)
    await collectGarbage()
    controller.abort('had enough')
    await expect(failure).rejects.toBe('had enough')
  })

  test('fails at once where the request is aborted already', async () => {
    const { request } = setup(AbortSignal.abort('gone'))
    await expect(asFetchFailure(new WireFault({ kind: 'silence' }), request)).rejects.toBe('gone')
  })
})

describe('a truncated answer in process', () => {
  test('has its whole head, its first bytes, and then fails', async () => {
    const response = await setup().truncated(4)
    expect(response.status).toBe(201)
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-length': '10', 'x-kept': 'yes' })
    const { text, error } = await readUntilFailure(response)
    expect(text).toBe('0123')
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ message: 'terminated' })
  })

  test('fails without a byte when none is left', async () => {
    const { text, error } = await readUntilFailure(await setup().truncated(0))
    expect(text).toBe('')
    expect(error).toMatchObject({ message: 'terminated' })
  })

  test('is whole when nothing is cut off', async () => {
    expect(await (await setup().truncated(10)).text()).toBe('0123456789')
  })
})

test.each([
  ['a reset', (): WireFault => new WireFault({ kind: 'reset' })],
  [
    'a truncated answer',
    (): WireFault => new WireFault({ kind: 'truncated', response: new Response('0123'), bytes: 1 }),
  ],
])('%s fails in process as it fails fetch on the wire', async (_, makeFault) => {
  const { url, close } = await listen(() => {
    throw makeFault()
  })
  const failureOf = (call: Promise<Response>): Promise<unknown> =>
    call
      .then((response) => response.text())
      .catch(({ name, message, cause }) => [name, message, cause.message, cause.code])
  const onWire = await failureOf(fetch(url))
  await close()
  const inProcess = await failureOf(asFetchFailure(makeFault(), new Request(url)))
  expect(inProcess).toEqual(onWire)
})
