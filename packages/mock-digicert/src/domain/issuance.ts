import { isIP } from 'node:net'
import { fingerprint, type IssuedCertificate } from '@certtwin/mock-kit/x509'
import type { Random } from '@certtwin/mock-kit'
import type { Certificate, Issuance, Issued } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { authorityOf } from '../intermediates.ts'
import { productOf } from '../products.ts'
import { mustGet, type State } from '../state.ts'
import { issued } from './certificate-life.ts'
import { endOf, startOf } from './dates.ts'
import { allNames } from './names.ts'
import { type PublishedWorld, statusUrlsOf, withAddress } from './publication.ts'
import type { Validity } from './validity.ts'

/** Leaf, intermediate, root. */
export type Chain = readonly [leaf: IssuedCertificate, intermediate: IssuedCertificate, root: IssuedCertificate]

/** What a certificate follows from beside its own entry. */
export type IssuingWorld = Pick<DigicertWorld, 'state' | 'seed'>

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A certificate follows from what is stored, so it is made when somebody first wants to see it. */
const made = new WeakMap<Issuance, Chain>()

/** Gives a certificate its serial number and dates: 16 random bytes, the first from 01 to 7F, so that no tool drops a zero. */
export function createIssuance(random: Random, validity: Validity, issuedMs: number): Issuance {
  const [first = 0, ...others] = random.bytes(16)
  const serial = Buffer.from([(first % 0x7f) + 1, ...others])
  return { serialNumber: serial.toString('hex').toUpperCase(), ...validity, issuedMs }
}

/** A public id: 25 characters of A-Z and 2-7. */
export function createPublicId(random: Random): string {
  let id = ''
  for (const byte of random.bytes(25)) id += base32[byte & 31]
  return id
}

/** The certificate with its issuers, the same bytes each time. */
export function chainOf(world: IssuingWorld, certificate: Issued): Chain {
  const chain = made.get(certificate.issuance) ?? makeChain(world, certificate)
  made.set(certificate.issuance, chain)
  return chain
}

/** The certificate as it is once issued. It is made here and now, so that what can go wrong does so before anything is stored. */
export function issue<Kind extends Certificate>(
  world: IssuingWorld & PublishedWorld,
  certificate: Kind,
  issuance: Issuance,
): Issued<Kind> {
  const certificateNow = issued(certificate, withOrganization(world.state, certificate, withAddress(world, issuance)))
  chainOf(world, certificateNow)
  return certificateNow
}

/** An issuance that says what the certificate's organization is called now, since it may be called otherwise later. */
export function withOrganization(state: State, { orderId }: Certificate, issuance: Issuance): Issuance {
  const { organizationId = 0 } = mustGet(state.orders, orderId)
  const organization = state.organizations.get(organizationId)?.name
  return organization === undefined ? issuance : { ...issuance, organization }
}

/** Whether anybody in this process has asked for the certificate. */
export function isSeen(issuance: Issuance): boolean {
  return made.has(issuance)
}

export function isIssued<Kind extends Certificate>(certificate: Kind): certificate is Issued<Kind> {
  return certificate.issuance !== undefined
}

/** The certificate's SHA-1 as the vendor shows it: 40 hex digits in upper case. */
export function thumbprintOf([leaf]: Chain): string {
  return fingerprint(leaf.der, 'sha1').toUpperCase()
}

/** PEM with the line end that the place asks for. */
export function toPem({ pem }: IssuedCertificate, lineEnd: '\n' | '\r\n'): string {
  return pem.replaceAll('\n', lineEnd)
}

function makeChain(world: IssuingWorld, certificate: Issued): Chain {
  const { state } = world
  const { issuance } = certificate
  const order = mustGet(state.orders, certificate.orderId)
  const product = productOf(order)
  const { organization } = issuance
  const names = product.isCodeSigning ? [] : allNames(certificate)
  return authorityOf(world).issue(certificate.caCertId, {
    commonName: certificate.commonName,
    ...(organization !== undefined && { organization }),
    dnsNames: names.filter((name) => isIP(name) === 0),
    ipAddresses: names.filter((name) => isIP(name) !== 0),
    spki: Buffer.from(certificate.spki, 'base64'),
    serialNumber: Buffer.from(issuance.serialNumber, 'hex'),
    notBefore: startOf(issuance.validFrom),
    notAfter: endOf(issuance.validTill),
    hash: certificate.signatureHash,
    purpose: product.isCodeSigning ? 'codeSigning' : 'tls',
    status: statusUrlsOf(certificate, issuance),
  })
}
