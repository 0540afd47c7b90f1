import type { RateWindow } from '@certtwin/mock-kit'
import { type Refusal, serviceError, tooManyCallsAtGateway } from './errors.ts'
import type { CdnProBindings, CdnProSettings } from './world.ts'

/** How a front door counts calls. */
export interface RateLimits {
  /** Counts a call of a user who has signed. @throws Refusal 429 */
  readonly ofUser: (env: CdnProBindings) => void
  /** Counts a call that is refused before anybody knows who it is from. @throws Refusal 429 */
  readonly ofStranger: (env: CdnProBindings) => void
}

/** 300 calls in 5 minutes, by the vendor's page; the form of the window is assumed. */
const documentedWindows: readonly RateWindow[] = [{ limit: 300, windowMs: 300_000 }]

/** A bucket of 60 that gets 30 a minute. */
const customerBuckets: readonly RateWindow[] = [{ limit: 60, windowMs: 120_000 }]

/** A bucket of 30 that gets 60 a minute. */
const addressBuckets: readonly RateWindow[] = [{ limit: 30, windowMs: 30_000 }]

const none: readonly RateWindow[] = []

function windowsOf({ rateLimits }: CdnProSettings, usual: readonly RateWindow[]): readonly RateWindow[] {
  if (typeof rateLimits !== 'boolean') return rateLimits
  return rateLimits ? usual : none
}

/** The rolling windows that count under these settings. */
export function rateWindowsOf(settings: CdnProSettings): readonly RateWindow[] {
  return windowsOf(settings, documentedWindows)
}

/** The gateway's: rolling windows for each user and operation; calls that were let in count, whatever becomes of them (assumed). */
export const windowsOfOperations: RateLimits = {
  ofUser({ world, exchange, account }) {
    if (exchange.operation === undefined) return
    const caller = `${exchange.operation} ${account.username}`
    if (!world.limiter.admit(caller, world.clock.now())) throw tooManyCallsAtGateway()
  },
  ofStranger: () => undefined,
}

/** The native door's: one bucket for all that a customer does, and one for each address of those who are not known. */
export const bucketsOfCustomers: RateLimits = {
  ofUser: (env) => takeToken(env, `customer ${env.account.customerId}`, windowsOf(env.world.settings, customerBuckets)),
  ofStranger(env) {
    const { arrival } = env.exchange
    const address = arrival === undefined ? 'local' : (arrival.socket.remoteAddress ?? 'gone')
    takeToken(env, `address ${address}`, windowsOf(env.world.settings, addressBuckets))
  },
}

function takeToken({ world, exchange }: CdnProBindings, caller: string, windows: readonly RateWindow[]): void {
  const { admitted, remaining, waitMs } = world.buckets.take(caller, windows, world.clock.now())
  // Where nothing is limited the bucket is always as it is at the beginning.
  exchange.headers['x-rate-limit-remaining'] = String(
    Math.min(remaining, windows[0]?.limit ?? customerBuckets[0]!.limit),
  )
  if (!admitted) throw tooManyCallsAtNativeDoor(waitMs)
}

function tooManyCallsAtNativeDoor(waitMs: number): Refusal {
  return serviceError(429, 'TooManyRequests', 'The API call quota has been exceeded.', 'rate-limit', {
    'x-rate-limit-retry-after-seconds': String(Math.ceil(waitMs / 1000)),
  })
}
