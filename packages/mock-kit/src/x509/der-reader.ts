import { element, tags } from './der.ts'

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
const indefinite = 0x80
/** What certificates and requests hold is some ten levels deep. */
const maxDepth = 100
/** Four are enough for what fits into memory; BER allows zeros in front. */
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
  const root = readElement(source, 0, source.length, 0)
  if (root.end !== source.length) throw new DerError('Octets follow the element.')
  if (root.contentEnd !== root.end) throw new DerError('The outermost element has no definite length.')
  checkNested(root, 0)
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

/** The element again, in the lengths that DER wants. */
export function toDer(original: DerElement): Uint8Array {
  if (!isConstructed(original)) return element(original.tag, [contentOf(original)])
  return element(original.tag, membersOf(original).map(toDer))
}

function isConstructed({ tag }: DerElement): boolean {
  return (tag & constructedBit) !== 0
}

/** The members of a constructed element, which must have this tag if one is given. */
export function membersOf(parent: DerElement, tag: number = parent.tag): DerElement[] {
  expectTag(parent, tag)
  const members: DerElement[] = []
  forEachMember(parent, (member) => members.push(member))
  return members
}

/** Reads the members of a constructed element that must have this tag; none may be left over. */
export function readMembers<T>(parent: DerElement, tag: number, read: (members: DerMembers) => T): T {
  expectTag(parent, tag)
  const { source, contentEnd } = parent
  let at = parent.contentStart
  const takeIf = (wanted?: number): DerElement | undefined => {
    if (at >= contentEnd || (wanted !== undefined && source[at] !== wanted)) return undefined
    const member = readElement(source, at, contentEnd, 0)
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

function forEachMember(parent: DerElement, visit: (member: DerElement) => void): void {
  const { source, contentStart, contentEnd } = parent
  for (let at = contentStart; at < contentEnd;) {
    const member = readElement(source, at, contentEnd, 0)
    visit(member)
    at = member.end
  }
}

function readElement(source: Uint8Array, start: number, limit: number, depth: number): DerElement {
  const tag = source[start] ?? 0
  const first = source[start + 1] ?? 0
  if (start + 2 > limit) throw new DerError(`The element at octet ${start} is cut short.`)
  // No type of X.509 has a number that takes more than one octet, and the end mark of indefinite lengths is no element.
  if ((tag & 0x1f) === 0x1f || tag === 0) throw new DerError(`The tag at octet ${start} is unknown.`)
  if (first === indefinite) return readIndefinite(source, start, limit, depth)
  const contentStart = first < 0x80 ? start + 2 : start + 2 + (first & 0x7f)
  const contentEnd = contentStart + (first < 0x80 ? first : readLength(source, start + 2, contentStart, limit))
  if (contentEnd > limit) throw new DerError(`The element at octet ${start} is cut short.`)
  return { source, tag, start, contentStart, contentEnd, end: contentEnd }
}

function readLength(source: Uint8Array, start: number, end: number, limit: number): number {
  if (end - start > maxLengthOctets || end > limit) throw new DerError(`The length at octet ${start} is too long.`)
  let length = 0
  for (let at = start; at < end; at += 1) length = length * 256 + (source[at] ?? 0)
  return length
}

/** The contents end before the two zeros that are no part of a member. */
function readIndefinite(source: Uint8Array, start: number, limit: number, depth: number): DerElement {
  const tag = source[start] ?? 0
  if ((tag & constructedBit) === 0 || depth > maxDepth)
    throw new DerError(`The length at octet ${start} is impossible.`)
  const contentStart = start + 2
  let at = contentStart
  while (source[at] !== 0 || at >= limit) at = readElement(source, at, limit, depth + 1).end
  if (at + 2 > limit || source[at + 1] !== 0) throw new DerError(`The element at octet ${start} has no end.`)
  return { source, tag, start, contentStart, contentEnd: at, end: at + 2 }
}

function checkNested(parent: DerElement, depth: number): void {
  if (depth > maxDepth) throw new DerError('The elements are nested too deeply.')
  if (isConstructed(parent)) return forEachMember(parent, (member) => checkNested(member, depth + 1))
  if (!isContentValid(parent)) throw new DerError(`The contents of the element at octet ${parent.start} are invalid.`)
}

/** What OpenSSL asks of a primitive element, whatever it stands for. */
function isContentValid(primitive: DerElement): boolean {
  const { source, tag, contentStart, contentEnd } = primitive
  const length = contentEnd - contentStart
  switch (tag) {
    case tags.boolean:
      return length === 1
    case tags.integer:
      return isIntegerValid(contentOf(primitive))
    case tags.bitString:
      return length > 0 && (source[contentStart] ?? 0) < 8
    case tags.null:
      return length === 0
    case tags.oid:
      return isOidValid(contentOf(primitive))
    default:
      // Sequences and sets cannot be primitive.
      return tag !== 0x10 && tag !== 0x11
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
