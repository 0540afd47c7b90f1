import { tags } from './der.ts'

/** One element where it was read: its contents lie in `source` from `contentStart` to `contentEnd`. */
export interface DerElement {
  readonly source: Uint8Array
  /** The identifier octet: class, form and number together. */
  readonly tag: number
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
}

/** Hands out the members of a constructed element one after another. */
export interface DerMembers {
  /** The next member, which must have this tag if one is given. */
  readonly take: (tag?: number) => DerElement
  /** The next member if there is one, and it has this tag. */
  readonly takeIf: (tag?: number) => DerElement | undefined
}

/** The octets are not what they should be. */
export class DerError extends Error {
  override readonly name: string = 'DerError'
}

const constructedBit = 0x20
/** Primitive sequences and sets, what is always primitive in constructed form, and the end of an indefinite length, which is no element. */
const impossibleTags: ReadonlySet<number> = new Set([0x10, 0x11, 0x21, 0x22, 0x23, 0x25, 0x26, 0x2a, 0x00])
const indefinite = 0x80
/** What certificates and requests hold is some ten levels deep; a bound keeps the stack from overflowing. */
const maxDepth = 100
/** Four are enough for what fits into memory, but BER allows zeros in front. */
const maxLengthOctets = 8
/** OpenSSL, too, names no longer identifier; a bound keeps the arithmetic on a single number short. */
const maxOidOctets = 586

/**
 * Reads octets that are one element and nothing else, and checks everything nested in it.
 *
 * Lengths below the outermost element may be spelled as BER allows, longer than needed or indefinite, because OpenSSL takes them too.
 *
 * @throws DerError
 */
export function readDer(source: Uint8Array): DerElement {
  const root = checkElement(source, 0, source.length, 0)
  if (root.end !== source.length) throw new DerError('Octets follow the element.')
  if (root.contentEnd !== root.end) throw new DerError('The outermost element has no definite length.')
  return root
}

/** The octets of the contents, not copied. */
export function contentOf({ source, contentStart, contentEnd }: DerElement): Uint8Array {
  return source.subarray(contentStart, contentEnd)
}

/** The octets of the whole element as they came, not copied. */
export function octetsOf({ source, start, end }: DerElement): Uint8Array {
  return source.subarray(start, end)
}

/** The members of a constructed element, which must have this tag if one is given. */
export function membersOf(parent: DerElement, tag: number = parent.tag): DerElement[] {
  expectTag(parent, tag)
  const { source, contentStart, contentEnd } = parent
  const members: DerElement[] = []
  for (let at = contentStart; at < contentEnd;) {
    const member = readElement(source, at, contentEnd)
    members.push(member)
    at = member.end
  }
  return members
}

/** Reads the members of a constructed element that must have this tag; none may be left over. */
export function readMembers<T>(parent: DerElement, tag: number, read: (members: DerMembers) => T): T {
  expectTag(parent, tag)
  const { source, contentEnd } = parent
  let at = parent.contentStart
  const takeIf = (wanted?: number): DerElement | undefined => {
    if (at >= contentEnd || (wanted !== undefined && source[at] !== wanted)) return undefined
    const member = readElement(source, at, contentEnd)
    at = member.end
    return member
  }
  const take = (wanted?: number): DerElement => {
    const member = takeIf(wanted)
    if (member === undefined) throw new DerError(`A member is missing or has another tag at octet ${at}.`)
    return member
  }
  const result = read({ take, takeIf })
  if (at !== contentEnd) throw new DerError(`There is a member too many at octet ${at}.`)
  return result
}

/** The dotted numbers of an OBJECT IDENTIFIER. */
export function oidOf(identifier: DerElement): string {
  const octets = contentOf(identifier)
  if (identifier.tag !== tags.oid || octets.length > maxOidOctets)
    throw new DerError('An object identifier is unreadable.')
  let arc = 0n
  const arcs: bigint[] = []
  for (const octet of octets) {
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    if (octet >= 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first = 0n, ...rest] = arcs
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}

/** The octets of a BIT STRING; keys and signatures have no bits to spare. */
export function bitsOf(bits: DerElement): Uint8Array {
  const contents = contentOf(bits)
  if (bits.tag !== tags.bitString || contents[0] !== 0) throw new DerError('A BIT STRING does not hold whole octets.')
  return contents.subarray(1)
}

function expectTag({ tag, start }: DerElement, wanted: number): void {
  if (tag !== wanted) throw new DerError(`The element at octet ${start} has another tag.`)
}

/** Checks an element that nobody has checked yet, with all that is nested in it. */
function checkElement(source: Uint8Array, start: number, limit: number, depth: number): DerElement {
  if (depth > maxDepth) throw new DerError('The elements are nested too deeply.')
  const { tag, contentStart, length } = readHeader(source, start, limit)
  let at = contentStart
  if (length === undefined) {
    while (!isEnd(source, at, limit)) at = checkElement(source, at, limit, depth + 1).end
    return { source, tag, start, contentStart, contentEnd: at, end: at + 2 }
  }
  const contentEnd = contentStart + length
  const checked = { source, tag, start, contentStart, contentEnd, end: contentEnd }
  if (isConstructed(tag)) while (at < contentEnd) at = checkElement(source, at, contentEnd, depth + 1).end
  else if (!isContentValid(checked)) throw new DerError(`The contents at octet ${at} are invalid.`)
  return checked
}

/** Finds an element inside of one that was checked. */
function readElement(source: Uint8Array, start: number, limit: number): DerElement {
  const { tag, contentStart, length } = readHeader(source, start, limit)
  if (length === undefined) return checkElement(source, start, limit, 0)
  const contentEnd = contentStart + length
  return { source, tag, start, contentStart, contentEnd, end: contentEnd }
}

interface Header {
  readonly tag: number
  readonly contentStart: number
  /** Missing when it is indefinite. */
  readonly length: number | undefined
}

function readHeader(source: Uint8Array, start: number, limit: number): Header {
  if (start + 2 > limit) throw new DerError(`The element at octet ${start} is cut short.`)
  const tag = source[start] ?? 0
  const first = source[start + 1] ?? 0
  // No type of X.509 has a number that takes more than one octet.
  if ((tag & 0x1f) === 0x1f || impossibleTags.has(tag)) throw new DerError(`The tag at octet ${start} is unknown.`)
  if (first === indefinite) {
    if (!isConstructed(tag)) throw new DerError(`The length at octet ${start + 1} is impossible.`)
    return { tag, contentStart: start + 2, length: undefined }
  }
  const contentStart = start + 2 + (first < 0x80 ? 0 : first & 0x7f)
  const length = first < 0x80 ? first : readLength(source, start + 2, contentStart)
  if (contentStart + length > limit) throw new DerError(`The element at octet ${start} is cut short.`)
  return { tag, contentStart, length }
}

function readLength(source: Uint8Array, start: number, end: number): number {
  if (end - start > maxLengthOctets) throw new DerError(`The length at octet ${start} is too long.`)
  return source.subarray(start, end).reduce((length, octet) => length * 256 + octet, 0)
}

/** Whether the two zeros that close an indefinite length stand here. */
function isEnd(source: Uint8Array, at: number, limit: number): boolean {
  return at + 2 <= limit && source[at] === 0 && source[at + 1] === 0
}

function isConstructed(tag: number): boolean {
  return (tag & constructedBit) !== 0
}

/** What OpenSSL asks of a primitive element, whatever it stands for. */
function isContentValid(primitive: DerElement): boolean {
  const { source, tag, contentStart, contentEnd } = primitive
  const length = contentEnd - contentStart
  switch (tag) {
    case tags.boolean:
      return length === 1
    case tags.integer:
    case tags.enumerated:
      return isIntegerValid(contentOf(primitive))
    case tags.bitString:
      return length > 0 && (source[contentStart] ?? 0) < 8
    case tags.null:
      return length === 0
    case tags.oid:
      return isOidValid(contentOf(primitive))
    case tags.bmpString:
      return length % 2 === 0
    case tags.universalString:
      return length % 4 === 0
    default:
      return true
  }
}

/** The first nine bits of a number that takes more than one octet are never alike, or fewer octets would do. */
function isIntegerValid(octets: Uint8Array): boolean {
  const [first, second] = octets
  if (first === undefined || second === undefined) return first !== undefined
  return !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
}

/** The last octet ends a number, and none begins with a zero of seven bits. */
function isOidValid(octets: Uint8Array): boolean {
  const last = octets.at(-1)
  if (last === undefined || last >= 0x80) return false
  return octets.every((octet, index) => octet !== 0x80 || (octets[index - 1] ?? 0) >= 0x80)
}
