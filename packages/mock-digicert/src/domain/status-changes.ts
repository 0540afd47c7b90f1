import type { Order } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { parseSpan } from '../lists/filters.ts'
import type { Caller } from './callers.ts'
import { type OrderState, orderStateOf } from './order-life.ts'
import { maySee, stateChangedMs } from './orders.ts'

/** An order that has got another status, with the one that it has now. */
export interface StatusChange {
  readonly order: Order
  readonly state: OrderState
  readonly changedMs: number
}

/** How far one may look back, in the units of the parameters (documented). */
const units = [
  { name: 'minutes', max: 10_080, ms: 60_000 },
  { name: 'seconds', max: 604_800, ms: 1000 },
] as const

const dates = 'filters[status_last_updated]'
const weekMs = 604_800_000
/** Days begin at midnight of MDT, which is UTC-6 (documented). */
const zoneMs = 6 * 3_600_000

/**
 * The orders whose status changed in the time that a query names, the last change first.
 *
 * @throws Refusal when the query names no time, one that cannot be read, or one of more than a week
 */
export function listStatusChanges(world: DigicertWorld, caller: Caller, query: URLSearchParams): StatusChange[] {
  const { fromMs, toMs } = readFrame(query, world.clock.now())
  return [...world.state.orders.values()]
    .filter((order) => maySee(caller, order))
    .map((order) => ({ order, state: orderStateOf(world, order), changedMs: stateChangedMs(world, order) }))
    .filter(({ changedMs }) => changedMs >= fromMs && changedMs < toMs)
    .toSorted((one, other) => other.changedMs - one.changedMs || other.order.id - one.order.id)
}

interface Frame {
  readonly fromMs: number
  readonly toMs: number
}

function readFrame(query: URLSearchParams, nowMs: number): Frame {
  for (const { name, max, ms } of units) {
    const text = query.get(name)?.trim() ?? ''
    if (text === '') continue
    if (!/^\d+$/.test(text)) throw refuse('param-invalid', name)
    if (Number(text) > max) throw refuse('time-frame-too-long')
    return { fromMs: nowMs - Number(text) * ms, toMs: Number.POSITIVE_INFINITY }
  }
  const text = query.get(dates)?.trim() ?? ''
  if (text === '') throw refuse('param-missing', 'minutes')
  return readDays(text)
}

/** Two days with the time between them; the vendor's limit is taken for both ways to ask (assumed). */
function readDays(text: string): Frame {
  const span = parseSpan(text)
  if (span === undefined) throw refuse('param-invalid', dates)
  if (span.toMs - span.fromMs > weekMs) throw refuse('time-frame-too-long')
  return { fromMs: span.fromMs + zoneMs, toMs: span.toMs + zoneMs }
}
