/** How much a ring holds. */
export interface RingLimits {
  readonly entries: number
  readonly bytes: number
}

/** What a ring holds: a text, bytes behind it, and numbers beside them. */
export interface RingEntry {
  readonly numbers: readonly number[]
  readonly text: string
  readonly bytes: Uint8Array
}

/** Entries outside the heap, the oldest of which give way to new ones. */
export interface ByteRing {
  readonly add: (entry: RingEntry) => void
  readonly count: () => number
  /** Oldest first, without the first so many. */
  readonly read: (skip: number) => RingEntry[]
  readonly clear: () => void
}

/** Most rings stay nearly empty. */
const firstLimits: RingLimits = { entries: 128, bytes: 64 * 1024 }

/**
 * A ring that takes memory as it fills, up to its limits; only then the oldest entries give way.
 *
 * @param numbers - how many each entry has
 */
export function createByteRing(limits: RingLimits, numbers: number): ByteRing {
  let taken = smaller(firstLimits, limits)
  let ring = createBlockRing(taken, numbers)
  const rebuild = (size: number): void => {
    const entries = ring.read(0)
    const usedBytes = entries.reduce((sum, entry) => sum + sizeOf(entry), size)
    // What has given way to the limit of entries leaves room at the beginning: then there is enough without more memory.
    const bytes = 2 * usedBytes <= taken.bytes ? taken.bytes : taken.bytes * 4
    taken = smaller({ entries: ring.isFull() ? taken.entries * 4 : taken.entries, bytes }, limits)
    ring = createBlockRing(taken, numbers)
    for (const entry of entries) ring.add(entry)
  }
  const needsMore = (size: number): boolean =>
    (taken.entries < limits.entries && ring.isFull()) || (taken.bytes < limits.bytes && !ring.fits(size))
  return {
    add(entry) {
      const size = sizeOf(entry)
      while (needsMore(size)) rebuild(size)
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
  readonly isFull: () => boolean
  /** Whether so many bytes fit behind the newest entry; asked only as long as no entry was put before it. */
  readonly fits: (size: number) => boolean
}

/** Where an entry begins, and how many bytes its text and what follows it take; its numbers come after these. */
const offsetColumn = 0
const firstNumber = 3

/**
 * A ring in one block of memory. Our own: what is kept as objects on the heap for a while and then dropped is what the garbage
 * collector is worst at, and makes a busy process three times as large.
 *
 * An entry lies in one piece, so that up to the size of one is unused at the end.
 */
function createBlockRing(limits: RingLimits, numbersOfEach: number): BlockRing {
  const columns = firstNumber + numbersOfEach
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
  const dropOldest = (): void => void ([oldest, count] = [(oldest + 1) % limits.entries, count - 1])
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
    isFull: () => count === limits.entries,
    fits: (size) => end + size <= limits.bytes,
    add(entry) {
      const size = sizeOf(entry)
      if (size > limits.bytes || limits.entries === 0) return clear()
      const offset = makeRoom(size)
      const textSize = size - entry.bytes.length
      table.set([offset, textSize, entry.bytes.length, ...entry.numbers], row(count))
      write(entry, textSize, block, offset)
      end = offset + size
      count += 1
    },
    count: () => count,
    read: (skip) =>
      Array.from({ length: Math.max(0, count - skip) }, (_, index) => {
        const start = row(skip + index)
        return read(block, table.subarray(start, start + columns))
      }),
  }
}

function write({ text, bytes }: RingEntry, textSize: number, block: Buffer, offset: number): void {
  // As many bytes as characters: it is ASCII, which need not be encoded.
  if (textSize === text.length) block.write(text, offset, 'latin1')
  else block.write(text, offset)
  if (bytes.length > 0) block.set(bytes, offset + textSize)
}

function read(block: Buffer, row: Float64Array): RingEntry {
  const [offset = 0, textSize = 0, bytesSize = 0, ...numbers] = row
  const bytesAt = offset + textSize
  return {
    numbers,
    text: block.toString('utf8', offset, bytesAt),
    // A copy, since the place will be used again.
    bytes: new Uint8Array(block.subarray(bytesAt, bytesAt + bytesSize)),
  }
}

function sizeOf({ text, bytes }: RingEntry): number {
  return Buffer.byteLength(text) + bytes.length
}
