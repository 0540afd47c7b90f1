import { equal, errorOf, ok } from './proof.ts'
import type { Cases, World } from './world.ts'

const windows = [{ limit: 1, windowMs: 60_000 }]

/** A client of the odd service; its baseUrl ends with the world, since what it does depends on what it has done for it. */
const odd = ({ digicert, name, place: { oddUrl } }: World, what: string) =>
  digicert({ baseUrl: `${oddUrl}/${what}/${name}` })

const atLeast = (ms: number, startMs: number): void => {
  const tookMs = performance.now() - startMs
  ok(tookMs >= ms - 20 && tookMs < ms + 5_000, `it took ${Math.round(tookMs)} ms, some more than ${ms}`)
}

/** How calls end that take too long, or that the caller ends. */
export const limits: Cases = {
  'a silent service ends in a timeout': async (world) => {
    await world.fail('digicert', 'placeOrder', { kind: 'silence' })
    const client = world.digicert({ timeoutMs: 100 })
    const certificate = { common_name: 'example.com', csr: world.place.csr, signature_hash: 'sha256' }
    const order = { certificate, organization: { id: 112233 }, validity_years: 1 }
    const { code, outcome, attempts } = await errorOf(client.orders.place('ssl_basic', order))
    equal([code, outcome, attempts], ['timeout', 'unknown', 1])
  },
  'a body that does not end is a timeout': async (world) => {
    const { code, attempts } = await errorOf(
      odd(world, 'endless').duplicates.list(1, { timeoutMs: 100, retry: { attempts: 2 } }),
    )
    equal([code, attempts], ['timeout', 2])
  },
  'a timeout of one attempt is followed by another': async (world) => {
    await world.fail('digicert', 'getOrder', { kind: 'silence' })
    equal((await world.digicert({ timeoutMs: 2_000 }).orders.get(100003)).id, 100003)
  },
  'the deadline ends all attempts': async (world) => {
    const startMs = performance.now()
    const patience = { timeoutMs: 200, deadlineMs: 500, retry: { attempts: 50 } }
    const error = await errorOf(odd(world, 'endless').duplicates.list(1, patience))
    equal(error.code, 'timeout')
    ok(error.attempts > 1 && error.elapsedMs < 1_500 && performance.now() - startMs < 1_500, 'it ended in time')
  },
  'the caller ends a call': async (world) => {
    const controller = new AbortController()
    const call = odd(world, 'endless').duplicates.list(1, { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    const { code, outcome } = await errorOf(call)
    equal([code, outcome], ['aborted', 'unknown'])
  },
  'a call that was ended before sends nothing': async (world) => {
    const { code, outcome } = await errorOf(world.digicert().orders.get(100003, { signal: AbortSignal.abort() }))
    equal([code, outcome], ['aborted', 'not_sent'])
    equal(await world.calls('digicert', 'getOrder'), [])
  },
  'a timeout of the platform ends a call, too': async (world) => {
    const { code } = await errorOf(odd(world, 'endless').duplicates.list(1, { signal: AbortSignal.timeout(50) }))
    equal(code, 'aborted')
  },
  'a pause is ended by the caller': async (world) => {
    const controller = new AbortController()
    const hooks = { onRetry: () => controller.abort() }
    await world.fail('digicert', 'getOrder', { kind: 'error', status: 503 })
    const client = world.digicert({ hooks, retry: { baseMs: 30_000, capMs: 30_000 } })
    equal((await errorOf(client.orders.get(100003, { signal: controller.signal }))).code, 'aborted')
  },
  'too many calls are repeated after the seconds that the service asks for': async (world) => {
    const startMs = performance.now()
    equal(await odd(world, 'busy-seconds').duplicates.list(1), [])
    atLeast(1_000, startMs)
  },
  'too many calls are repeated at the time that the service asks for': async (world) => {
    const startMs = performance.now()
    equal(await odd(world, 'busy-date').duplicates.list(1), [])
    atLeast(1_000, startMs)
  },
  'the limit of the client itself fails at once when the deadline would pass': async (world) => {
    const client = world.digicert({ rateLimit: { windows } })
    await client.orders.get(100003)
    const { code, outcome } = await errorOf(client.orders.get(100003, { deadlineMs: 1_000 }))
    equal([code, outcome], ['rate_limited', 'not_sent'])
  },
  'the limit of the client itself is waited for': async (world) => {
    const client = world.gateway({ rateLimit: { windows: [{ limit: 1, windowMs: 300 }] } })
    const startMs = performance.now()
    await Promise.all([client.certificates.page(), client.certificates.page()])
    atLeast(300, startMs)
  },
}
