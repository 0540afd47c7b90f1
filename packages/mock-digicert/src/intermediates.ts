import { type Authority, type CaName, type ChainProfile, createAuthority } from '@certtwin/mock-kit/x509'

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
