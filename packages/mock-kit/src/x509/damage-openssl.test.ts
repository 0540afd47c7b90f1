import { spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseCsr } from './csr.ts'
import { bitString, element, integer, oid, sequence, tags, utf8String } from './der.ts'
import { attributeOids } from './name.ts'
import { oids } from './oids.ts'
import { encodePem } from './pem.ts'
import { buildCsr } from './request.ts'
import { damagedFrom } from './test-damage.ts'

const isMissing = spawnSync('openssl', ['version']).error !== undefined

beforeEach((context) => {
  context.skip(isMissing && !process.env['CI'], 'openssl is not installed')
})

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })

type Constructor = (tag: number, parts: readonly Uint8Array[]) => Uint8Array

/** An element whose end is marked. */
const unmeasured: Constructor = (tag, parts) => Buffer.concat([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)])

/** An element whose length takes five octets. */
const overmeasured: Constructor = (tag, parts) => {
  const header = Buffer.from([tag, 0x84, 0, 0, 0, 0])
  header.writeUInt32BE(Buffer.concat(parts).length, 2)
  return Buffer.concat([header, ...parts])
}

/** A signed request whose inner sequences and sets are written in another way. */
function requestWith(construct: Constructor): Uint8Array {
  const name = construct(tags.sequence, [oid(attributeOids.CN), utf8String('x')])
  const wanted = construct(tags.sequence, [oid('1.2.3'), construct(tags.set, [construct(tags.sequence, [integer(1)])])])
  const algorithm = construct(tags.sequence, [oid(oids.rsaEncryption), element(tags.null, [])])
  const info = construct(tags.sequence, [
    integer(0),
    construct(tags.sequence, [construct(tags.set, [name])]),
    construct(tags.sequence, [algorithm, bitString(spki.subarray(-140))]),
    construct(0xa0, [wanted]),
  ])
  const signature = sign('sha256', info, privateKey)
  return sequence([
    info,
    construct(tags.sequence, [oid(oids.sha256WithRsa), element(tags.null, [])]),
    bitString(signature),
  ])
}

/** Whether openssl finds the signature right; undefined when it cannot read the request. */
function opensslSays(der: Uint8Array): { readonly isValid: boolean | undefined; readonly said: string } {
  const { stderr } = spawnSync('openssl', ['req', '-inform', 'DER', '-verify', '-noout'], { input: der })
  const said = stderr.toString()
  return { isValid: /nable to load/.test(said) ? undefined : said.includes('verify OK'), said }
}

function weSay(der: Uint8Array): boolean | undefined {
  try {
    return parseCsr(encodePem('CERTIFICATE REQUEST', der)).signatureValid
  } catch {
    return undefined
  }
}

describe('a request in BER', () => {
  test.each([
    ['lengths in more octets than needed', overmeasured],
    ['indefinite lengths', unmeasured],
    ['lengths as DER wants them', element],
  ])('is read with %s, as openssl reads it, and its key comes out in DER', (_, construct) => {
    const request = requestWith(construct)
    expect(opensslSays(request).isValid).toBe(true)
    const csr = parseCsr(encodePem('CERTIFICATE REQUEST', request))
    expect(csr.signatureValid).toBe(true)
    expect(Buffer.from(csr.spki)).toEqual(spki)
  })
})

describe('a damaged request that is read', () => {
  const subject = [[{ oid: attributeOids.O, value: 'Société' }], [{ oid: attributeOids.CN, value: 'www.example.com' }]]
  const { der } = parseCsr(buildCsr(subject, privateKey, ['a.example.com']))

  test('is what openssl makes of it', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(damagedFrom(der), (damaged) => {
        const ours = weSay(damaged)
        fc.pre(ours !== undefined)
        const { isValid, said } = opensslSays(damaged)
        // Names may have values of any type here; and OpenSSL takes no length of zero in two octets.
        fc.pre(!/Type=ASN1_PRINTABLE|header too long/.test(said))
        expect(isValid).toBe(ours)
      }),
      { numRuns: 100, maxSkipsPerRun: 20 },
    )
  })
})
