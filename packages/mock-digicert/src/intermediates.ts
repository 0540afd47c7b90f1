import {
  type Authority,
  type CaName,
  type CertificateInfo,
  type ChainProfile,
  createAuthority,
  fingerprint,
  type IssuedCertificate,
  parseCertificate,
} from '@certtwin/mock-kit/x509'

// Nobody shall mistake these for the vendor's: the names are its own, the organization says what they are.
const offline = (commonName: string): CaName => ({ commonName, organization: 'Offline Mock' })

/** The ids of the intermediates that the twin can issue from. */
export type CaCertId = '1005' | '1006' | '75085B44A694E58'

/** The issuing chains by the vendor's id of the intermediate. `1006` signs EV, `1005` the rest, the third only when asked for. */
const chains: Readonly<Record<CaCertId, ChainProfile>> = {
  '1005': {
    intermediate: offline('DigiCert SHA2 Secure Server CA'),
    root: offline('DigiCert Global Root CA'),
  },
  '1006': {
    intermediate: offline('DigiCert SHA2 Extended Validation Server CA'),
    root: offline('DigiCert High Assurance EV Root CA'),
  },
  '75085B44A694E58': {
    intermediate: offline('DigiCert Assured ID CA-1'),
    root: offline('DigiCert Assured ID Root CA'),
  },
}

/** The intermediates by id and name. */
export const caCerts: readonly { readonly id: CaCertId; readonly name: string }[] = (
  Object.keys(chains) as CaCertId[]
).map((id) => ({ id, name: chains[id].intermediate.commonName }))

/** The common name of an intermediate. */
export function caCertNameOf(id: CaCertId): string {
  return chains[id].intermediate.commonName
}

/** The one that issues unless there is a reason for another. */
export const defaultCaCertId: CaCertId = '1005'

export function isCaCertId(text: string): text is CaCertId {
  return Object.hasOwn(chains, text)
}

/** Keys are slow to make and remember nothing, so twins with the same seed, and those without one, share an authority. */
const authorities = new Map<string | undefined, Authority<CaCertId>>()

/** The authority of a world: made on first use, the same for the same seed in every process. */
export function authorityOf({ seed }: { readonly seed: string | undefined }): Authority<CaCertId> {
  const authority = authorities.get(seed) ?? createAuthority(chains, seed === undefined ? {} : { seed })
  authorities.set(seed, authority)
  return authority
}

/** An intermediate that the twin can issue from, with what its certificate says. */
export interface KnownIntermediate {
  readonly id: CaCertId
  readonly organization: string
  readonly certificate: IssuedCertificate
  readonly info: CertificateInfo
  /** SHA-1 of the DER, in lower-case hex. */
  readonly thumbprint: string
}

/** All of them; their keys are made now if they were not yet, which takes a second or so. */
export function listIntermediates(world: { readonly seed: string | undefined }): KnownIntermediate[] {
  const authority = authorityOf(world)
  return Object.keys(chains).map((id) => {
    const [certificate] = authority.chain(id as CaCertId)
    const { organization } = chains[id as CaCertId].intermediate
    const { der } = certificate
    return {
      id: id as CaCertId,
      organization,
      certificate,
      info: parseCertificate(der),
      thumbprint: fingerprint(der, 'sha1'),
    }
  })
}
