import { isIP } from 'node:net'
import { encodePem, fingerprint, type IssuedCertificate } from '@certtwin/mock-kit/x509'
import type { Random } from '@certtwin/mock-kit'
import type { Certificate, Issuance } from '../entities.ts'
import { authority } from '../intermediates.ts'
import type { Product } from '../products.ts'
import { endOf, startOf } from './dates.ts'
import { allNames } from './names.ts'
import type { Validity } from './validity.ts'

/** Leaf, intermediate, root. */
export type Chain = readonly [leaf: IssuedCertificate, intermediate: IssuedCertificate, root: IssuedCertificate]

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A certificate follows from what is stored, so it is made when somebody first wants to see it. */
const made = new WeakMap<Issuance, Chain>()

/** Gives a certificate its serial number and dates: 16 random bytes, the first from 01 to 7F, so that no tool drops a zero. */
export function createIssuance(random: Random, validity: Validity): Issuance {
  const [first = 0, ...others] = random.bytes(16)
  const serial = Buffer.from([(first % 0x7f) + 1, ...others])
  return { serialNumber: serial.toString('hex').toUpperCase(), ...validity }
}

/** A public id: 25 characters of A-Z and 2-7. */
export function createPublicId(random: Random): string {
  return Array.from(random.bytes(25), (byte) => base32[byte & 31]).join('')
}

/** The certificate with its issuers, the same bytes each time. */
export function chainOf(certificate: Certificate, issuance: Issuance, product: Product): Chain {
  const chain = made.get(issuance) ?? issue(certificate, issuance, product)
  made.set(issuance, chain)
  return chain
}

/** The certificate's SHA-1 as the vendor shows it: 40 hex digits in upper case. */
export function thumbprintOf([leaf]: Chain): string {
  return fingerprint(leaf.der, 'sha1').toUpperCase()
}

/** PEM with the line end that the place asks for. */
export function toPem({ der }: IssuedCertificate, lineEnd: '\n' | '\r\n'): string {
  return encodePem('CERTIFICATE', der, lineEnd)
}

function issue(certificate: Certificate, issuance: Issuance, product: Product): Chain {
  const names = product.isCodeSigning ? [] : allNames(certificate)
  return authority.issue(certificate.caCertId, {
    commonName: certificate.commonName,
    ...(product.validation === 'DV' ? {} : { organization: 'Example Org LLC' }),
    dnsNames: names.filter((name) => isIP(name) === 0),
    ipAddresses: names.filter((name) => isIP(name) !== 0),
    spki: certificate.spki,
    serialNumber: Buffer.from(issuance.serialNumber, 'hex'),
    notBefore: startOf(issuance.validFrom),
    notAfter: endOf(issuance.validTill),
    hash: certificate.signatureHash,
    purpose: product.isCodeSigning ? 'codeSigning' : 'tls',
  })
}
