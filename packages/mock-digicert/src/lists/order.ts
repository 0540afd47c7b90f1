// In which order lists are answered: how it is asked for is documented, what is equal or unknown is assumed.

/** The order that lists have when nobody asks for another: newest first; of the same moment, the higher id first. */
export function newestFirst(one: Dated, other: Dated): number {
  return other.createdMs - one.createdMs || other.id - one.id
}

interface Dated {
  readonly id: number
  readonly createdMs: number
}

/** What a list can be sorted by, by the name on the wire; entities without a value come last. */
export type SortKeys<Entity> = Readonly<Record<string, (entity: Entity) => string | number | undefined>>

/**
 * Sorts a list by `sort`: names with commas between, each with `-` before it to descend, or with `+`, which arrives as a blank.
 * Names that nobody knows are ignored. What is equal then keeps its place.
 */
export function sortList<Entity>(
  entities: readonly Entity[],
  query: URLSearchParams,
  keys: SortKeys<Entity>,
): readonly Entity[] {
  const criteria = (query.get('sort') ?? '').split(',').flatMap((text) => parseCriterion(text.trim(), keys))
  if (criteria.length === 0) return entities
  return entities.toSorted((one, other) => {
    for (const { key, sign } of criteria) {
      const difference = compare(key(one), key(other), sign)
      if (difference !== 0) return difference
    }
    return 0
  })
}

interface Criterion<Entity> {
  readonly key: SortKeys<Entity>[string]
  readonly sign: 1 | -1
}

function parseCriterion<Entity>(text: string, keys: SortKeys<Entity>): Criterion<Entity>[] {
  const name = text.replace(/^[-+]/, '').trim()
  return Object.hasOwn(keys, name) ? [{ key: keys[name]!, sign: text.startsWith('-') ? -1 : 1 }] : []
}

function compare(one: string | number | undefined, other: string | number | undefined, sign: 1 | -1): number {
  if (one === other) return 0
  if (one === undefined || other === undefined) return one === undefined ? 1 : -1
  return one < other ? -sign : sign
}
