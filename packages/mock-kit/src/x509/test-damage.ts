import * as fc from 'fast-check'
import { type DerElement, membersOf, octetsOf, readDer } from './der-reader.ts'

/** An element and all that is nested in it. */
function allWithin(parent: DerElement): DerElement[] {
  return (parent.tag & 0x20) === 0 ? [parent] : [parent, ...membersOf(parent).flatMap(allWithin)]
}

/** The octets with a part of them replaced. */
function spliced(der: Uint8Array, start: number, end: number, replacement: Uint8Array): Buffer {
  return Buffer.concat([der.subarray(0, start), replacement, der.subarray(end)])
}

/** What may have happened to DER: octets flipped, cut out, put in or doubled, lengths and tags changed, one element in another's place. */
export function damagedFrom(der: Uint8Array): fc.Arbitrary<Buffer> {
  const place = fc.nat(der.length - 1)
  const element = fc.constantFrom(...allWithin(readDer(der)))
  const octet = fc.nat(255).map((value) => Uint8Array.of(value))
  return fc.oneof(
    fc.tuple(place, octet).map(([at, value]) => spliced(der, at, at + 1, value)),
    fc.tuple(place, fc.nat(20)).map(([at, length]) => spliced(der, at, at + length, Buffer.alloc(0))),
    fc.tuple(place, fc.uint8Array({ maxLength: 8 })).map(([at, octets]) => spliced(der, at, at, octets)),
    fc.tuple(element, octet).map(([{ start }, value]) => spliced(der, start, start + 1, value)),
    fc.tuple(element, octet).map(([{ start }, value]) => spliced(der, start + 1, start + 2, value)),
    fc.tuple(element, fc.uint8Array({ maxLength: 10 })).map(([{ start }, length]) => spliced(der, start + 1, start + 2, length)),
    fc.tuple(element, element).map(([{ start, end }, other]) => spliced(der, start, end, octetsOf(other))),
    fc.tuple(element, element).map(([{ start }, other]) => spliced(der, start, start, octetsOf(other))),
  ) // prettier-ignore
}
