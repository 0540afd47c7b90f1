import { amend } from '../errors.ts'
import { isRecord, type Read, toData, unexpected } from './answer.ts'
import type { Call } from './call.ts'
import type { DataOf, MessageOf } from './operation.ts'
import { type CallOptions, invalid, parseCallOptions } from './options.ts'
import { toAbortion } from './timer.ts'

/** What every list takes; the limits of time are those of a page. */
export interface ListOptions extends CallOptions {
  /** How many entries to fetch at a time; as many as the service gives unless told. */
  readonly pageSize?: number
}

/** What a page asks for. */
export interface PageQuery {
  readonly limit?: number
  readonly offset?: number
}

/** A page of a list, and how many entries there are in all. */
interface Page<Entry> {
  readonly entries: readonly Entry[]
  readonly total: number
}

/** The type of the entries that an answer has under a name. */
type EntryOf<Data, Name> = Data extends { readonly [Key in Name & string]?: readonly (infer Entry)[] } ? Entry : never

/** The page that an answer holds under a name; an empty list may be left out. Either vendor says in its own way how many there are. */
export function pageOf<Data, Name extends string>(name: Name): Read<Data, Page<EntryOf<Data, Name>>> {
  return (answer) => {
    const { [name]: entries = [], page, count } = toData(answer) as Record<string, unknown>
    const total = (page as { total?: unknown } | undefined)?.total ?? count
    if (!Array.isArray(entries) || !entries.every(isRecord) || typeof total !== 'number')
      throw unexpected('the answer is no page of a list.')
    return { entries, total }
  }
}

/**
 * The entries of a list, page after page, fetched as they are asked for.
 *
 * @param name - that of the entries in an answer
 * @throws CerttwinError `unexpected_response` for an answer that is no page, `aborted` also between two entries of a page
 */
export async function* eachOfPages<Operations, Id extends keyof Operations & string, Name extends string>(
  call: Call<Operations>,
  operation: Id,
  name: Name,
  { pageSize, ...options }: ListOptions = {},
  query: object = {},
): AsyncGenerator<EntryOf<DataOf<Operations[Id]>, Name>, void, undefined> {
  if (pageSize !== undefined && !(Number.isInteger(pageSize) && pageSize > 0))
    throw invalid('pageSize must be a whole number from 1.')
  const { signals } = parseCallOptions(options, call.settings)
  for (let seen = 0; ;) {
    const message = { query: { ...query, limit: pageSize, offset: seen || undefined } }
    const { entries, total } = await call(
      operation,
      message as unknown as MessageOf<Operations[Id]>,
      options,
      pageOf<DataOf<Operations[Id]>, Name>(name),
    )
    for (const entry of entries) {
      if (signals.some(({ aborted }) => aborted)) throw amend(toAbortion(), { operation })
      yield entry
    }
    seen += entries.length
    // A page without entries is the last one too: there may be fewer than there were.
    if (entries.length === 0 || seen >= total) return
  }
}
