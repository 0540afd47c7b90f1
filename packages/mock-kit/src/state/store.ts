import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { isRecord } from '../body.ts'
import type { ClockRecord } from '../clock.ts'
import { unreadable, withStoreErrors } from './store-error.ts'
import { inTransaction, openStoreFile, prepareStoreFile } from './store-file.ts'
import { settle, type Tables } from './table.ts'

/** What a world is beside its tables. */
export interface WorldMeta {
  readonly clock: ClockRecord
  /** Of what the certificates of the world follow from. */
  readonly authoritySeed: string
  readonly random: { readonly seed: string; readonly position: number }
}

/** A data file with the worlds of one twin. What a method changed is on disk when it returns. */
export interface Store {
  /** Its name, for messages. */
  readonly file: string
  /** Made at random with the file and kept in it: what follows from it is the same after every restart. */
  readonly seed: string
  /** The worlds in the file, in the order of their first saving. */
  worlds(): string[]
  /**
   * Fills the tables with those of a world, the secret ones too. Undefined, and nothing filled, when the file has no such world.
   *
   * @throws StoreError when what the file has cannot be read
   */
  load(world: string, tables: Tables): WorldMeta | undefined
  /**
   * Saves what changed in the tables, the secret ones too, and settles them.
   *
   * @throws StoreError when it cannot be written; the file is as before then, and the next save has these changes too
   */
  save(world: string, tables: Tables, meta: WorldMeta): void
  /** Saves the tables as they are in the place of whatever the file has of the world: after a reset, and after a restored snapshot. */
  replace(world: string, tables: Tables, meta: WorldMeta): void
  /** Forgets a world. */
  drop(world: string): void
  /** Gives the file back; closing again does no harm. */
  close(): void
}

const queries = {
  seed: 'select seed from twin',
  worlds: 'select name from worlds order by rowid',
  meta: 'select meta from worlds where name = ?',
  setWorld: 'insert into worlds (name, meta) values (?, ?) on conflict do update set meta = excluded.meta',
  deleteWorld: 'delete from worlds where name = ?',
  // In the order of their first saving, which is the order of the tables.
  entities: 'select name, key, entity from entities where world = ? order by rowid',
  setEntity:
    'insert into entities (world, name, key, entity) values (?, ?, ?, ?) on conflict do update set entity = excluded.entity',
  deleteEntity: 'delete from entities where world = ? and name = ? and key = ?',
  deleteEntities: 'delete from entities where world = ?',
} as const

type Statements = Readonly<Record<keyof typeof queries, StatementSync>>

/**
 * Opens a data file, or makes one. Until it is closed it belongs to this process; an empty file counts as a new one.
 *
 * Its mode is 0600, for it holds the credentials too.
 *
 * @throws StoreError when another process has it open, it is damaged or no data file of this twin and format, or it cannot be written
 */
export function openStore(file: string, twin: string): Store {
  return withStoreErrors(file, () => {
    const db = openStoreFile(file)
    try {
      prepareStoreFile(db, file, twin)
      return createStore(db, file)
    } catch (error) {
      // Its lock would last until the garbage collector comes by.
      db.close()
      throw error
    }
  })
}

function createStore(db: DatabaseSync, file: string): Store {
  const statements = prepareStatements(db)
  const read = <Result>(work: () => Result): Result => withStoreErrors(file, work)
  const commit = (work: () => void): void => withStoreErrors(file, () => inTransaction(db, work))
  return {
    file,
    seed: String(statements.seed.get()?.['seed']),
    worlds: () => read(() => statements.worlds.all().map(({ name }) => String(name))),
    load: (world, tables) => read(() => load(statements, file, world, tables)),
    save(world, tables, meta) {
      commit(() => write(statements, world, meta, changesOf(tables)))
      settle(tables)
    },
    replace(world, tables, meta) {
      commit(() => {
        forget(statements, world)
        write(statements, world, meta, Object.entries(tables))
      })
      settle(tables)
    },
    drop: (world) => commit(() => forget(statements, world)),
    close() {
      if (db.isOpen) db.close()
    },
  }
}

function prepareStatements(db: DatabaseSync): Statements {
  const prepared = Object.entries(queries).map(([name, query]) => [name, db.prepare(query)])
  return Object.fromEntries(prepared) as Statements
}

type Rows = Iterable<readonly [key: string | number, entity: object | undefined]>

function changesOf(tables: Tables): (readonly [name: string, rows: Rows])[] {
  return Object.entries(tables).map(([name, table]) => [name, table.changes()])
}

function write(
  { setWorld, setEntity, deleteEntity }: Statements,
  world: string,
  meta: WorldMeta,
  tables: readonly (readonly [name: string, rows: Rows])[],
): void {
  setWorld.run(world, JSON.stringify(meta))
  for (const [name, rows] of tables) {
    for (const [key, entity] of rows) {
      // As JSON, so that a number and a text of digits stay two keys.
      if (entity === undefined) deleteEntity.run(world, name, JSON.stringify(key))
      else setEntity.run(world, name, JSON.stringify(key), JSON.stringify(entity))
    }
  }
}

function forget({ deleteEntities, deleteWorld }: Statements, world: string): void {
  deleteEntities.run(world)
  deleteWorld.run(world)
}

/** Everything is read before the first table changes. */
function load({ meta, entities }: Statements, file: string, world: string, tables: Tables): WorldMeta | undefined {
  const found = meta.get(world)
  if (found === undefined) return undefined
  const rows = entities.all(world).map(({ name, key, entity }) => ({
    table: Object.hasOwn(tables, String(name)) ? tables[String(name)]! : misread(file),
    key: readKey(file, key),
    entity: readEntity(file, entity),
  }))
  const worldMeta = parse(file, found['meta'])
  if (!isWorldMeta(worldMeta)) throw unreadable(file)
  for (const table of Object.values(tables)) table.clear()
  for (const { table, key, entity } of rows) table.set(key, entity)
  settle(tables)
  return worldMeta
}

/** Somebody may have written into the file. */
function isWorldMeta(value: unknown): value is WorldMeta {
  if (!isRecord(value) || !isRecord(value['clock']) || !isRecord(value['random'])) return false
  const { seed, position } = value['random']
  return (
    typeof value['authoritySeed'] === 'string' &&
    typeof seed === 'string' &&
    Number.isSafeInteger(position) &&
    Number(position) >= 0
  )
}

function misread(file: string): never {
  throw unreadable(file)
}

function readKey(file: string, text: unknown): string | number {
  const key = parse(file, text)
  return typeof key === 'string' || typeof key === 'number' ? key : misread(file)
}

function readEntity(file: string, text: unknown): object {
  const entity = parse(file, text)
  return isRecord(entity) ? entity : misread(file)
}

function parse(file: string, text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch (error) {
    throw unreadable(file, error)
  }
}
