import { chmodSync, closeSync, openSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { createRandom } from '../random.ts'
import { stateFormat } from './format.ts'
import { ofNewerFormat, ofOlderFormat, ofOtherTwin, unreadable } from './store-error.ts'

/** Says in the file's header whose it is: a number of our own choice. */
const applicationId = 0x6365_7274

const schema = `
  create table twin (name text not null, seed text not null) strict;
  create table worlds (name text primary key, meta text not null) strict;
  create table entities (
    world text not null, name text not null, key text not null, entity text not null,
    primary key (world, name, key)
  ) strict;
  pragma application_id = ${applicationId};
  pragma user_version = ${stateFormat};`

/** Opens a file with SQLite, or makes one; nothing is known about it yet. */
export function openStoreFile(file: string): DatabaseSync {
  createFile(file)
  const sqlite = process.getBuiltinModule('node:sqlite') // loaded only here, since most twins keep nothing
  // A full path can be neither a URL nor the word for a database in memory.
  return new sqlite.DatabaseSync(resolve(file))
}

/**
 * Takes the file for this process and this twin. Nothing is changed in it or about it before it is known to be ours.
 *
 * The lock is SQLite's own: `locking_mode = exclusive` holds it from the first read on, and the system takes it back when the process
 * ends, however it ends. In this mode there is no -shm file either.
 */
export function prepareStoreFile(db: DatabaseSync, file: string, twin: string): void {
  db.exec('pragma locking_mode = exclusive')
  const isNew = isEmpty(db)
  if (!isNew) requireOwnFile(db, file, twin)
  makePrivate(file)
  db.exec('pragma journal_mode = wal')
  db.exec('pragma synchronous = full')
  if (isNew) inTransaction(db, () => createSchema(db, twin))
}

/** Does all of something or, when it throws, nothing. */
export function inTransaction(db: DatabaseSync, work: () => void): void {
  db.exec('begin immediate')
  try {
    work()
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

/**
 * Makes the file if there is none. One that exists is not even opened: on POSIX, closing it again would end the lock that another
 * store of this process has on it.
 */
function createFile(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  if (!statSync(file).isFile()) throw unreadable(file)
}

/** A new file, or one whose maker was killed before it had a table. */
function isEmpty(db: DatabaseSync): boolean {
  return readNumber(db, 'pragma application_id') === 0 && readNumber(db, 'select count(*) from sqlite_schema') === 0
}

function requireOwnFile(db: DatabaseSync, file: string, twin: string): void {
  if (readNumber(db, 'pragma application_id') !== applicationId) throw unreadable(file)
  const format = readNumber(db, 'pragma user_version')
  if (format > stateFormat) throw ofNewerFormat(file)
  if (format < stateFormat) throw ofOlderFormat(file)
  if (readValue(db, 'pragma quick_check(1)') !== 'ok') throw unreadable(file)
  const owner = String(readValue(db, 'select name from twin'))
  if (owner !== twin) throw ofOtherTwin(file, owner)
}

function createSchema(db: DatabaseSync, twin: string): void {
  db.exec(schema)
  db.prepare('insert into twin (name, seed) values (?, ?)').run(twin, createRandom().hex(16))
}

/** Whatever the umask says, and whoever made the file: it may hold credentials. SQLite gives the files beside it the same mode. */
function makePrivate(file: string): void {
  for (const path of ['', '-wal', '-shm', '-journal'].map((suffix) => file + suffix)) {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) chmodSync(path, 0o600)
  }
}

function readNumber(db: DatabaseSync, query: string): number {
  return Number(readValue(db, query))
}

function readValue(db: DatabaseSync, query: string): unknown {
  return Object.values(db.prepare(query).get() ?? {})[0]
}
