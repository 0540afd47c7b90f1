// Reads zip files with what Node has, so that a zip file has a judge on every machine that is not the library which wrote it.
import { crc32, inflateRawSync } from 'node:zlib'

/** A file out of a zip file. */
export interface ZipEntry {
  readonly name: string
  readonly content: Buffer
  /** Date and time as MS-DOS counts them; they have no zone. */
  readonly dosTime: number
}

const signatures = { end: 0x06054b50, entry: 0x02014b50, file: 0x04034b50 } as const
const [stored, deflated] = [0, 8]

/** Reads what the directory of a zip file names, in its order. @throws Error when the file is damaged or contradicts itself */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = zip.length - 22 // no comment follows it
  expectSignature(zip, end, signatures.end)
  const entries: ZipEntry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expectSignature(zip, at, signatures.entry)
    entries.push(readEntry(zip, at))
    at += 46 + [28, 30, 32].reduce((length, offset) => length + zip.readUInt16LE(at + offset), 0)
  }
  if (at !== end) throw new Error('The directory does not end where the file says.')
  return entries
}

function readEntry(zip: Buffer, at: number): ZipEntry {
  const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28))
  const [checksum, packedSize, size] = [16, 20, 24].map((offset) => zip.readUInt32LE(at + offset))
  const file = zip.readUInt32LE(at + 42)
  expectSignature(zip, file, signatures.file)
  const nameEnd = file + 30 + zip.readUInt16LE(file + 26)
  if (zip.toString('utf8', file + 30, nameEnd) !== name)
    throw new Error(`${name} is called otherwise in its own header.`)
  const start = nameEnd + zip.readUInt16LE(file + 28)
  const content = unpack(zip.subarray(start, start + packedSize!), zip.readUInt16LE(at + 10))
  if (content.length !== size || crc32(content) !== checksum) throw new Error(`${name} is damaged.`)
  return { name, content, dosTime: zip.readUInt32LE(at + 12) }
}

function unpack(packed: Buffer, method: number): Buffer {
  if (method === stored) return packed
  if (method === deflated) return inflateRawSync(packed)
  throw new Error(`The method ${method} is not known.`)
}

function expectSignature(zip: Buffer, at: number, signature: number): void {
  if (zip.readUInt32LE(at) !== signature) throw new Error(`No ${signature.toString(16)} stands at ${at}.`)
}
