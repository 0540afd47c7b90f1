import { isRecord } from '../body.ts'
import { stateFormat } from './format.ts'
import type { Tables } from './table.ts'

/** A row of a table as JSON. */
export type Row = readonly [key: string | number, entity: object]

/** What a clock showed, and whether it ran. */
export interface ClockReading {
  /** ISO 8601, for instance `2023-04-04T12:53:25.000Z`. */
  readonly now: string
  readonly running: boolean
}

/** The state of one world as JSON, without its secret tables. */
export interface Snapshot {
  readonly format: number
  /** The name of the twin. */
  readonly twin: string
  readonly clock: ClockReading
  readonly tables: Readonly<Record<string, readonly Row[]>>
}

/** A value that is no snapshot which this twin could take; the message is one sentence. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}

/** Takes a snapshot: a copy that later changes do not reach. */
export function toSnapshot(twin: string, tables: Tables, clock: ClockReading): Snapshot {
  const rows = openTables(tables).map(([name, table]) => [name, [...table]])
  return copyJson({ format: stateFormat, twin, clock, tables: Object.fromEntries(rows) })
}

/**
 * Reads what somebody calls a snapshot of this twin. What its entities look like is not judged.
 *
 * @throws SnapshotError when it is none, is another twin's or of another format, or its tables are not those of this twin
 */
export function parseSnapshot(value: unknown, twin: string, tables: Tables): Snapshot {
  if (!isRecord(value)) throw new SnapshotError('This is no snapshot: send what a twin gave as its state.')
  if (value['twin'] !== twin) throw new SnapshotError(`This is no snapshot of ${twin}: send what that twin gave.`)
  if (value['format'] !== stateFormat) throw otherFormat(value['format'])
  const { clock, tables: rows } = value
  if (!isClockReading(clock))
    throw new SnapshotError(
      'The snapshot has no clock: add one such as {"now":"2023-04-04T12:53:25Z","running":false}.',
    )
  if (!isRecord(rows)) throw new SnapshotError('The snapshot has no tables: send it as the twin gave it.')
  requireSameTables(
    Object.keys(rows),
    openTables(tables).map(([name]) => name),
  )
  requireRows(rows)
  return { format: stateFormat, twin, clock, tables: rows }
}

/** Replaces the content of all tables but the secret ones by a copy of the snapshot's. */
export function restoreTables(tables: Tables, snapshot: Snapshot): void {
  const rows = copyJson(snapshot.tables)
  for (const [name, table] of openTables(tables)) {
    table.clear()
    for (const [key, entity] of rows[name] ?? []) table.set(key, entity)
  }
}

function openTables(tables: Tables): [string, Tables[string]][] {
  return Object.entries(tables).filter(([, { isSecret }]) => !isSecret)
}

function copyJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}

function otherFormat(format: unknown): SnapshotError {
  const isNewer = typeof format === 'number' && format > stateFormat
  const age = isNewer ? 'a newer release: update this one, or' : 'another release:'
  return new SnapshotError(
    `The snapshot has format ${String(format)}, made by ${age} take one of format ${stateFormat}.`,
  )
}

function requireSameTables(given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new SnapshotError(`No snapshot of this twin has a table ${JSON.stringify(unknown)}: leave it out.`)
  const missing = known.find((name) => !given.includes(name))
  if (missing !== undefined)
    throw new SnapshotError(`The snapshot lacks the table ${missing}: add it, if need be as [].`)
}

function requireRows(
  tables: Readonly<Record<string, unknown>>,
): asserts tables is Readonly<Record<string, readonly Row[]>> {
  for (const [name, rows] of Object.entries(tables)) {
    if (!Array.isArray(rows) || !rows.every(isRow))
      throw new SnapshotError(
        `The table ${name} of the snapshot is no list of [key, entity] pairs: send it as the twin gave it.`,
      )
  }
}

function isRow(row: unknown): row is Row {
  if (!Array.isArray(row) || row.length !== 2) return false
  const [key, entity] = row as readonly unknown[]
  return (typeof key === 'string' || Number.isFinite(key)) && isRecord(entity)
}

function isClockReading(value: unknown): value is ClockReading {
  if (!isRecord(value)) return false
  const { now, running } = value
  return typeof now === 'string' && !Number.isNaN(Date.parse(now)) && typeof running === 'boolean'
}
