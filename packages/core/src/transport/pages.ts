import { CerttwinError } from '../errors.ts'
import { expectData, isRecord, unexpected } from './answer.ts'
import type { Init, Result } from './attempt.ts'
import type { Call } from './call.ts'
import type { CallOptions } from './options.ts'

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

/** A list of entries under one name, and how many there are in all, as either vendor says it; an empty list may be left out. */
type Page<Name extends string, Entry> = { readonly [Key in Name]?: Entry[] } & {
  readonly page?: { readonly total: number }
  readonly count?: number
}

/** The list to fetch: its operation, the name that its entries have in an answer, and how to ask for a page. */
interface List<Name extends string, Entry> {
  readonly operation: string
  readonly name: Name
  readonly run: (query: PageQuery, init: Init) => Promise<Result<Page<Name, Entry>>>
  readonly pageSize: number | undefined
  readonly options: CallOptions
}

/**
 * The entries of a list, page after page, fetched as they are asked for.
 *
 * @throws CerttwinError `unexpected_response` for an answer that is no page, `aborted` also between two entries of a page
 */
export async function* eachOfPages<Name extends string, Entry>(
  call: Call,
  { operation, name, run, pageSize, options }: List<Name, Entry>,
): AsyncGenerator<Entry, void, undefined> {
  let seen = 0
  for (;;) {
    const query = { ...(pageSize !== undefined && { limit: pageSize }), ...(seen > 0 && { offset: seen }) }
    const {
      [name]: entries = [],
      page,
      count,
    } = expectData(operation, await call(operation, options, (init) => run(query, init)))
    const total = page?.total ?? count
    if (!Array.isArray(entries) || !entries.every(isRecord) || typeof total !== 'number')
      throw unexpected(operation, 'the answer is no page of a list.')
    for (const entry of entries) {
      if (options.signal?.aborted) throw abortedWhileRead(operation)
      yield entry
    }
    seen += entries.length
    // A page without entries is the last one too: there may be fewer than there were.
    if (entries.length === 0 || seen >= total) return
  }
}

function abortedWhileRead(operation: string): CerttwinError {
  const message = `${operation} failed: The call was aborted while its list was read.`
  return new CerttwinError({ code: 'aborted', message, operation })
}
