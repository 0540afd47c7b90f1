import { createHash, randomBytes } from 'node:crypto'

/** Where a twin takes ids and serial numbers from. The same seed gives the same sequence. */
export interface Random {
  /** What the sequence follows from. */
  readonly seed: string
  /** How many bytes were taken; a generator with this seed and position goes on where this one is. */
  readonly position: number
  /** Goes back to a position that it was at: what was drawn since was for nothing. */
  rewind(position: number): void
  /** So many random bytes. */
  bytes(length: number): Uint8Array
  /** So many random bytes, as lower-case hex of twice the length. */
  hex(byteLength: number): string
  /** A UUID of version 4. */
  uuid(): string
  /** A number from 0 to 1, 1 excluded, in steps of 2^-32. */
  fraction(): number
}

/**
 * A generator of random bytes: SHAKE256 of seed and counter.
 *
 * Our own, since the libraries for seeded generators give numbers, and what a twin needs is bytes.
 *
 * @param seed - without one the sequence differs each time
 * @param position - where in the sequence to begin
 */
export function createRandom(seed: string = randomBytes(16).toString('hex'), position: number = 0): Random {
  let taken = position
  let block: Uint8Array = new Uint8Array()
  let blockNumber = -1
  const fill = (number: number): void => {
    block = createHash('shake256', { outputLength: blockBytes }).update(`${seed}/${number}`).digest()
    blockNumber = number
  }
  const bytes = (length: number): Uint8Array => {
    const result = new Uint8Array(length)
    for (let done = 0; done < length;) {
      const number = Math.floor(taken / blockBytes)
      if (number !== blockNumber) fill(number)
      const offset = taken % blockBytes
      const part = block.subarray(offset, offset + length - done)
      result.set(part, done)
      done += part.length
      taken += part.length
    }
    return result
  }
  return {
    seed,
    get position() {
      return taken
    },
    rewind(to) {
      taken = to
    },
    bytes,
    hex: (byteLength) => Buffer.from(bytes(byteLength)).toString('hex'),
    uuid: () => formatUuid(bytes(16)),
    fraction: () => Buffer.from(bytes(4)).readUInt32BE() / 2 ** 32,
  }
}

/** Long, since starting the hash costs more than its output. */
const blockBytes = 1024

function formatUuid(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  const variant = ((bytes[8]! & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20)}`
}
