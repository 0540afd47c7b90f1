import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAuthority } from './authority.ts'
import { parseCertificate } from './certificate.ts'
import { contentOf, membersOf, octetsOf, readDer } from './der-reader.ts'
import { element, explicit, integer, nullValue, octetString, oid, sequence } from './der.ts'
import { extension } from './extensions.ts'
import { oids } from './oids.ts'
import { readSpki } from './public-key.ts'
import { damagedFrom } from './test-damage.ts'

const organization = 'Offline Mock'
const authority = createAuthority(
  { one: { root: { commonName: 'Root', organization }, intermediate: { commonName: 'CA', organization } } },
  { seed: 'damage' },
)
const period = { thisUpdate: new Date('2026-03-01T10:00:00Z'), nextUpdate: new Date('2026-03-08T10:00:00Z') }
const answer = (request: Uint8Array): Uint8Array => authority.answerOcsp(request, period, () => 'good')

const [{ der: issuer }] = authority.chain('one')
const sha1 = (octets: Uint8Array): Uint8Array => createHash('sha1').update(octets).digest()
/** The name is the sixth member of what is signed. */
const issuerName = octetsOf(membersOf(membersOf(readDer(issuer))[0]!)[5]!)
const issuerKey = readSpki(readDer(parseCertificate(issuer).spki)).octets
const nonce = octetString(Uint8Array.of(1, 2, 3))
const ask = (name: Uint8Array, key: Uint8Array): Uint8Array =>
  sequence([sequence([oid(oids.sha1), nullValue]), octetString(sha1(name)), octetString(sha1(key)), integer(4711)])
const question = ask(issuerName, issuerKey)
const questions = sequence([sequence([question])])
const request = sequence([sequence([questions, explicit(2, sequence([extension(oid(oids.ocspNonce), nonce)]))])])

/** The status of an answer: 0 for success. */
function statusOf(response: Uint8Array): number | undefined {
  const [status] = membersOf(readDer(response))
  return contentOf(status!)[0]
}

test('a request is answered, whatever optional members it has', () => {
  const version = explicit(0, integer(0))
  const requestor = element(0xa1, [octetString(Uint8Array.of(1))])
  const signature = element(0xa0, [sequence([])])
  const details = element(0xa0, [sequence([])])
  for (const each of [
    request,
    sequence([sequence([version, requestor, questions]), signature]),
    sequence([sequence([sequence([sequence([question, details])])])]),
  ])
    expect(statusOf(answer(each))).toBe(0)
  expect(Buffer.from(answer(request)).includes(Buffer.from(nonce))).toBe(true)
})

test('an issuer is known by its name and its key together', () => {
  const other = Uint8Array.of(0)
  for (const each of [ask(issuerName, other), ask(other, issuerKey)])
    expect(statusOf(answer(sequence([sequence([sequence([sequence([each])])])])))).toBe(6)
})

test('whatever is damaged in a request, there is an answer of the protocol', () => {
  fc.assert(
    fc.property(damagedFrom(request), (damaged) => {
      expect([0, 1, 6]).toContain(statusOf(answer(damaged)))
    }),
    { numRuns: 500 },
  )
})

test('whatever comes in the place of a request, there is an answer of the protocol', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      expect([1, 6]).toContain(statusOf(answer(octets)))
    }),
    { numRuns: 500 },
  )
})
