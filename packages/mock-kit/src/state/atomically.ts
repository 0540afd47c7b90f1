import type { Table, Tables } from './table.ts'

/** Does the work on the tables; when it throws they hold again what they held before. */
export function atomically<Result>(tables: Tables, work: () => Result): Result {
  const before = Object.values(tables).map((table) => [table, [...table]] as const)
  try {
    return work()
  } catch (error) {
    for (const [table, entries] of before) putBack(table, entries)
    throw error
  }
}

function putBack<Key extends string | number, Entity extends object>(
  table: Table<Key, Entity>,
  entries: readonly (readonly [Key, Entity])[],
): void {
  table.clear()
  for (const [key, entity] of entries) table.set(key, entity)
}
