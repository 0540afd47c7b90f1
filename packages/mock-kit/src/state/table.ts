/** The tables of one world by their names. */
export type Tables = Readonly<Record<string, Table<string | number, object>>>

export interface TableOptions<Entity extends object> {
  /** The table holds credentials: no snapshot shows it, and none replaces it. */
  readonly secret?: boolean
  /** The group that an entity is in, if any; `group()` finds its members without a walk through the table. */
  groupOf?(entity: Entity): string | number | undefined
}

/**
 * Entities by key. They are values that JSON can hold: a change replaces one by `set()`, which is how the table knows what to
 * save.
 *
 * The entities that a table is made with count as changed.
 */
export class Table<Key extends string | number, Entity extends object> extends Map<Key, Entity> {
  readonly isSecret: boolean
  readonly #options: TableOptions<Entity>
  readonly #changed = new Set<Key>()
  readonly #groups = new Map<string | number, Set<Key>>()

  constructor(entries: Iterable<readonly [Key, Entity]> = [], options: TableOptions<Entity> = {}) {
    // Not through Map's own constructor, which would call `set()` before there are fields to note the change in.
    super()
    this.isSecret = options.secret ?? false
    this.#options = options
    for (const [key, entity] of entries) this.set(key, entity)
  }

  override set(key: Key, entity: Entity): this {
    this.#changed.add(key)
    this.#regroup(key, this.get(key), entity)
    return super.set(key, entity)
  }

  override delete(key: Key): boolean {
    const entity = this.get(key)
    if (entity === undefined) return false
    this.#changed.add(key)
    this.#regroup(key, entity, undefined)
    return super.delete(key)
  }

  override clear(): void {
    for (const key of this.keys()) this.#changed.add(key)
    this.#groups.clear()
    super.clear()
  }

  /** The entities of a group, in the order in which they joined it. */
  group(name: string | number): Entity[] {
    const members = this.#groups.get(name)
    return members === undefined ? [] : Array.from(members, (key) => this.get(key)!)
  }

  /** Whether anything was set or deleted since the last `settle()`. */
  get isChanged(): boolean {
    return this.#changed.size > 0
  }

  /** The keys that were set or deleted since the last `settle()`, each with the entity that it has now. */
  changes(): (readonly [key: Key, entity: Entity | undefined])[] {
    return Array.from(this.#changed, (key) => [key, this.get(key)] as const)
  }

  /** Calls what the table holds saved. */
  settle(): void {
    if (this.isChanged) this.#changed.clear()
  }

  #regroup(key: Key, before: Entity | undefined, after: Entity | undefined): void {
    const from = before && this.#options.groupOf?.(before)
    const to = after && this.#options.groupOf?.(after)
    if (from === to) return
    if (from !== undefined) this.#leave(from, key)
    if (to !== undefined) this.#groups.set(to, (this.#groups.get(to) ?? new Set()).add(key))
  }

  #leave(name: string | number, key: Key): void {
    const members = this.#groups.get(name)
    members?.delete(key)
    if (members?.size === 0) this.#groups.delete(name)
  }
}

/** Whether there is anything to save. */
export function hasChanges(tables: Tables): boolean {
  return Object.values(tables).some(({ isChanged }) => isChanged)
}

/** Calls all that the tables hold saved. */
export function settle(tables: Tables): void {
  for (const name in tables) tables[name]!.settle()
}
