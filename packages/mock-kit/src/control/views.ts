import type { TwinClock } from '../clock.ts'
import type { JournalEntry } from '../journal/entry.ts'
import type { components } from './control.generated.ts'

type Schemas = components['schemas']

export function toClockView(clock: TwinClock): Schemas['Clock'] {
  return { now: new Date(clock.now()).toISOString(), running: clock.running }
}

export function toJournalView(entry: JournalEntry): Schemas['JournalEntry'] {
  const { operation, account, diagnosis, fault, request, response, ...rest } = entry
  return {
    ...rest,
    ...(operation !== undefined && { operation }),
    ...(account !== undefined && { account }),
    ...(diagnosis !== undefined && { diagnosis }),
    ...(fault !== undefined && { fault }),
    request: toMessageView(request),
    response: toMessageView(response),
  }
}

/** Bytes that are no text travel as Base64. */
function toMessageView({ headers, body }: JournalEntry['request'] | JournalEntry['response']): Schemas['Message'] {
  const pairs = headers.map(([name, value]): [string, string] => [name, value])
  if (body === null || body === '') return { headers: pairs }
  if (typeof body === 'string') return { headers: pairs, body }
  return { headers: pairs, body: Buffer.from(body).toString('base64'), encoding: 'base64' }
}
