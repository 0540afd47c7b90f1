// What all lists of the vendor have in common.
import type { Page } from '../api.generated.ts'
import { refuse } from '../errors.ts'

/** Which part of a list is asked for. */
export interface Paging {
  /** 0 for all. */
  readonly limit: number
  readonly offset: number
}

/** The most that a page can have (assumed), and what it has unless asked otherwise (observed). */
const mostLimit = 1000

/**
 * Reads `limit` and `offset` kindly: what is above the maximum is cut to it, and a limit of 0 means the usual one (assumed).
 *
 * @param usualLimit - 0 for all
 * @throws Refusal `invalid_param:limit` or `invalid_param:offset` for what is no number, or a negative one
 */
export function readPaging(query: Readonly<Record<string, string>>, usualLimit: number = mostLimit): Paging {
  const limit = readCount(query, 'limit') || usualLimit
  return { limit: Math.min(limit, usualLimit || mostLimit), offset: readCount(query, 'offset') }
}

/** A missing or an empty parameter counts as 0. */
function readCount(query: Readonly<Record<string, string>>, name: string): number {
  const text = query[name]?.trim() ?? ''
  if (!/^\d*$/.test(text)) throw refuse('param-invalid', name)
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER)
}

/** The part of a list, and what it says of itself. */
export function pageOf<Item>(
  list: readonly Item[],
  { limit, offset }: Paging,
): { readonly items: Item[]; readonly page: Page } {
  const end = limit === 0 ? list.length : offset + limit
  return { items: list.slice(offset, end), page: { total: list.length, limit, offset } }
}
