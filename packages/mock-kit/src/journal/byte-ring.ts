/** How much a ring holds. */
export interface RingLimits {
  readonly entries: number
  readonly bytes: number
}

/** What a ring holds: pieces of text or bytes, and numbers beside them. */
export interface RingEntry {
  readonly numbers: readonly number[]
  readonly pieces: readonly (string | Uint8Array)[]
}

/** Entries outside the heap, the oldest of which give way to new ones. */
export interface ByteRing {
  readonly add: (entry: RingEntry) => void
  readonly count: () => number
  /** Oldest first, without the first so many; all pieces as bytes. */
  readonly read: (skip: number) => { readonly numbers: readonly number[]; readonly pieces: readonly Buffer[] }[]
  readonly clear: () => void
}

/** What an entry consists of. */
export interface RingShape {
  readonly numbers: number
  readonly pieces: number
}

/** Most rings stay nearly empty. */
const firstLimits: RingLimits = { entries: 128, bytes: 64 * 1024 }

/** A ring that takes memory as it fills, up to its limits; only then the oldest entries give way. */
export function createByteRing(limits: RingLimits, shape: RingShape): ByteRing {
  let taken = smaller(firstLimits, limits)
  let ring = createBlockRing(taken, shape)
  const grow = (): void => {
    const entries = ring.read(0)
    taken = smaller({ entries: taken.entries * 4, bytes: taken.bytes * 4 }, limits)
    ring = createBlockRing(taken, shape)
    for (const entry of entries) ring.add(entry)
  }
  const canGrow = (): boolean => taken.entries < limits.entries || taken.bytes < limits.bytes
  return {
    add(entry) {
      while (canGrow() && !ring.hasRoom(entry)) grow()
      ring.add(entry)
    },
    count: () => ring.count(),
    read: (skip) => ring.read(skip),
    clear: () => ring.clear(),
  }
}

function smaller(one: RingLimits, other: RingLimits): RingLimits {
  return { entries: Math.min(one.entries, other.entries), bytes: Math.min(one.bytes, other.bytes) }
}

interface BlockRing extends ByteRing {
  /** Whether the entry fits behind the newest one; asked only as long as nothing gave way. */
  readonly hasRoom: (entry: RingEntry) => boolean
}

/** Where the pieces of an entry are, before their lengths. */
const offsetColumn = 0

/**
 * A ring in one block of memory. Our own: what is kept as objects on the heap for a while and then dropped is what the garbage
 * collector is worst at, and makes a busy process three times as large.
 *
 * An entry lies in one piece, so that up to the size of one is unused at the end.
 */
function createBlockRing(limits: RingLimits, shape: RingShape): BlockRing {
  const columns = 1 + shape.pieces + shape.numbers
  const block = Buffer.allocUnsafeSlow(limits.bytes)
  const table = new Float64Array(limits.entries * columns)
  let oldest = 0
  let count = 0
  let end = 0

  const row = (index: number): number => ((oldest + index) % limits.entries) * columns
  /** Whether the oldest entry begins in a part of the block. */
  const beginsIn = (from: number, to: number): boolean => {
    const offset = table[row(0) + offsetColumn]!
    return count > 0 && offset >= from && offset < to
  }
  const dropOldest = (): void => {
    oldest = (oldest + 1) % limits.entries
    count -= 1
  }
  /** Makes room in one piece and returns where it is. */
  const makeRoom = (size: number): number => {
    if (count === limits.entries) dropOldest()
    // Entries behind the end of the newest one are the oldest ones; those at the end of the block go when it is left.
    if (end + size > limits.bytes) {
      while (beginsIn(end, limits.bytes)) dropOldest()
      end = 0
    }
    while (beginsIn(end, end + size)) dropOldest()
    return end
  }
  const clear = (): void => void ([oldest, count, end] = [0, 0, 0])
  return {
    clear,
    hasRoom: ({ pieces }) => count < limits.entries && end + pieces.map(sizeOf).reduce(plus, 0) <= limits.bytes,
    add({ numbers, pieces }) {
      const sizes = pieces.map(sizeOf)
      const size = sizes.reduce(plus, 0)
      if (size > limits.bytes || limits.entries === 0) return clear()
      const offset = makeRoom(size)
      const start = row(count)
      table[start + offsetColumn] = offset
      sizes.forEach((each, index) => (table[start + 1 + index] = each))
      numbers.forEach((each, index) => (table[start + 1 + shape.pieces + index] = each))
      end = pieces.reduce((place, piece) => place + write(block, piece, place), offset)
      count += 1
    },
    count: () => count,
    read: (skip) =>
      Array.from({ length: Math.max(0, count - skip) }, (_, index) => readRow(block, table, row(skip + index), shape)),
  }
}

const plus = (one: number, other: number): number => one + other

function sizeOf(piece: string | Uint8Array): number {
  return typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
}

function write(block: Buffer, piece: string | Uint8Array, offset: number): number {
  if (typeof piece === 'string') return block.write(piece, offset)
  block.set(piece, offset)
  return piece.length
}

function readRow(
  block: Buffer,
  table: Float64Array,
  start: number,
  shape: RingShape,
): ReturnType<ByteRing['read']>[number] {
  let place = table[start + offsetColumn]!
  const pieces: Buffer[] = []
  for (let index = 0; index < shape.pieces; index++) {
    const length = table[start + 1 + index]!
    pieces.push(Buffer.from(block.subarray(place, place + length))) // a copy, since the place will be used again
    place += length
  }
  const numbers = Array.from(table.subarray(start + 1 + shape.pieces, start + 1 + shape.pieces + shape.numbers))
  return { numbers, pieces }
}
