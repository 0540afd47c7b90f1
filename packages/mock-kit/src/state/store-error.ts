/** Why a data file cannot be used. */
export type StoreErrorCode =
  | 'in-use'
  | 'unreadable'
  | 'other-twin'
  | 'other-seed'
  | 'newer-format'
  | 'older-format'
  | 'unwritable'

/** A data file that cannot be used; the message is one sentence that says what to do. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

export const unreadable = (file: string, cause?: unknown): StoreError =>
  new StoreError('unreadable', `${file} is damaged or no data file of a twin: give another file, or a new name.`, cause)

export const ofOtherTwin = (file: string, owner: string): StoreError =>
  new StoreError('other-twin', `${file} is the data file of ${owner}: give each twin a file of its own.`)

export const ofOtherSeed = (file: string): StoreError =>
  new StoreError('other-seed', `${file} began with another random seed: leave the seed out, or give another file.`)

export const ofNewerFormat = (file: string): StoreError =>
  new StoreError('newer-format', `${file} was written by a newer release: update this one, or give another file.`)

export const ofOlderFormat = (file: string): StoreError =>
  new StoreError('older-format', `${file} was written by an older release: give another file, or a new name.`)

const inUse = (file: string, cause: unknown): StoreError =>
  new StoreError('in-use', `Another process has ${file} open: stop it, or give another file.`, cause)

const withoutFolder = (file: string, cause: unknown): StoreError =>
  new StoreError('unwritable', `The folder of ${file} does not exist: make it, or give another file.`, cause)

const unwritable = (file: string, cause: unknown): StoreError =>
  new StoreError('unwritable', `${file} cannot be written: see to its permissions and to the room on the disk.`, cause)

/** Does something with a data file, and says in a sentence what the system or SQLite has against it. */
export function withStoreErrors<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw toStoreError(file, error as NodeJS.ErrnoException & { readonly errcode?: number })
  }
}

/** What is no error of the system or of SQLite stays as it is: it is ours. */
function toStoreError(file: string, error: NodeJS.ErrnoException & { readonly errcode?: number }): Error {
  if (error.code === 'ERR_SQLITE_ERROR') return ofSqlite(file, error, error.errcode)
  if (error.syscall === undefined) return error
  return ['ENOENT', 'ENOTDIR'].includes(error.code ?? '') ? withoutFolder(file, error) : unwritable(file, error)
}

/** By the lower byte of SQLite's result code; the upper ones only say where it happened. */
function ofSqlite(file: string, error: Error, resultCode: number = 0): StoreError {
  const [generic, busy, locked, corrupt, notADatabase] = [1, 5, 6, 11, 26]
  switch (resultCode & 0xff) {
    case busy:
    case locked:
      return inUse(file, error)
    case generic: // our statements are right, so a table is not there
    case corrupt:
    case notADatabase:
      return unreadable(file, error)
    default:
      return unwritable(file, error)
  }
}
