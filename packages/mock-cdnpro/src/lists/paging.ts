// What all lists of the vendor have in common; documented for some of them, assumed for the others.
import { type Refusal, serviceError } from '../errors.ts'

/** A part of a list, and how many entries there are in all. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly count: number
}

const [usualLimit, mostLimit] = [100, 200]

/** The value of a parameter; one without a value counts as left out (documented for one of them). */
export function givenParameter(query: URLSearchParams, name: string): string | undefined {
  return query.get(name) || undefined
}

/**
 * The part of a list that `offset` and `limit` ask for; behind the end it is empty.
 *
 * @throws Refusal `InvalidListLimit` or `InvalidListOffset`
 */
export function pageOf<Item>(query: URLSearchParams): (list: readonly Item[]) => Page<Item> {
  const limit = readLimit(givenParameter(query, 'limit'))
  const offset = readOffset(givenParameter(query, 'offset'))
  return (list) => ({ items: list.slice(offset, offset + limit), count: list.length })
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return usualLimit
  if (!/^[+-]?\d+$/.test(text)) throw invalidLimit('The value of limit should be an integer.')
  const limit = Number(text)
  if (limit < 1 || limit > mostLimit)
    throw invalidLimit(`The value of limit should be between 1 and ${mostLimit}, inclusive.`)
  return limit
}

function readOffset(text: string | undefined): number {
  if (text === undefined) return 0
  if (!/^\d+$/.test(text))
    throw serviceError(400, 'InvalidListOffset', 'The offset must be a valid non-negative integer.')
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER)
}

function invalidLimit(message: string): Refusal {
  return serviceError(400, 'InvalidListLimit', message)
}
