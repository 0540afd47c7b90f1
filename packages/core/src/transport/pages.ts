import { type Answer, listOf, type Read, unexpected } from './answer.ts'
import type { Call } from './call.ts'
import type { DataOf, MessageOf } from './operation.ts'
import { type CallOptions, aCount, parseCallOptions, requireOptions } from './options.ts'
import { isAborted } from './timer.ts'

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
export interface Page<Entry> {
  readonly entries: readonly Entry[]
  readonly total: number
}

/** The type of the entries that an answer has under a name. */
export type EntryOf<Data, Name> = Data extends { readonly [Key in Name & string]?: readonly (infer Entry)[] }
  ? Entry
  : never

/** The page that an answer holds under a name; an empty list may be left out. Either vendor says in its own way how many there are. */
function pageOf<Data, Name extends string>(name: Name): Read<Data, Page<EntryOf<Data, Name>>> {
  return (answer) => {
    const entries = listOf<Name, EntryOf<Data, Name>>(name)(answer as Answer<never>)
    const { page, count } = answer.data as { readonly page?: { readonly total?: unknown }; readonly count?: unknown }
    const total = page?.total ?? count
    if (typeof total === 'number') return { entries, total }
    throw unexpected('no page of a list')
  }
}

/** What a page is asked for with. */
interface PageOptions extends CallOptions {
  readonly pageSize?: number | undefined
  readonly offset?: number | undefined
}

/**
 * One page of a list.
 *
 * @param name - that of the entries in an answer
 * @throws CerttwinError `unexpected_response` for an answer that is no page
 */
export function readPage<Routes, Route extends keyof Routes & string, Name extends string>(
  call: Call<Routes>,
  route: Route,
  name: Name,
  { pageSize, offset, ...options }: PageOptions,
  query: object,
): Promise<Page<EntryOf<DataOf<Routes[Route]>, Name>>> {
  const message = { query: { ...query, limit: pageSize, offset } } as unknown as MessageOf<Routes[Route]>
  return call(route, message, options, pageOf<DataOf<Routes[Route]>, Name>(name))
}

/**
 * The entries of a list, page after page, fetched as they are asked for.
 *
 * @throws CerttwinError as `readPage`, `aborted` also between two entries of a page
 */
export async function* eachOfPages<Routes, Route extends keyof Routes & string, Name extends string>(
  call: Call<Routes>,
  route: Route,
  name: Name,
  { pageSize, ...options }: ListOptions = {},
  query: object = {},
): AsyncGenerator<EntryOf<DataOf<Routes[Route]>, Name>, void, undefined> {
  requireOptions({ pageSize }, { pageSize: aCount })
  const { signals } = parseCallOptions(options, call.settings)
  for (let seen = 0; ;) {
    const page = { ...options, pageSize, offset: seen || undefined }
    const { entries, total } = await readPage(call, route, name, page, query)
    for (const entry of entries) {
      if (isAborted(signals)) await readPage(call, route, name, page, query) // which says so
      yield entry
    }
    seen += entries.length
    // A page without entries is the last one too: there may be fewer than there were.
    if (entries.length === 0 || seen >= total) return
  }
}
