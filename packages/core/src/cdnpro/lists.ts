import type { Call } from '../transport/call.ts'
import type { DataOf } from '../transport/operation.ts'
import { eachOfPages, type EntryOf, type ListOptions, type Page, readPage } from '../transport/pages.ts'

/** What both lists of the vendor are narrowed down to, and sorted by. */
interface ListQuery extends ListOptions {
  readonly filters?: object
  readonly sortBy?: string
  readonly sortOrder?: string
}

/** A list of the vendor: entry by entry, or a page. */
interface List<Entry> {
  readonly each: (query?: ListQuery) => AsyncGenerator<Entry, void, undefined>
  readonly page: (query?: ListQuery & { readonly offset?: number }) => Promise<Page<Entry>>
}

/** @param name - that of the entries in an answer */
export function createList<Routes, Route extends keyof Routes & string, Name extends string>(
  call: Call<Routes>,
  route: Route,
  name: Name,
): List<EntryOf<DataOf<Routes[Route]>, Name>> {
  const split = ({ filters, sortBy, sortOrder, ...options }: ListQuery = {}) =>
    [options, { ...filters, sortBy, sortOrder }] as const
  return {
    each: (query) => eachOfPages(call, route, name, ...split(query)),
    page: (query) => readPage(call, route, name, ...split(query)),
  }
}
