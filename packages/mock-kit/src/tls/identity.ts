import { generateKeyPairSync, type KeyObject, createPublicKey } from 'node:crypto'
import { isIP } from 'node:net'
import { createAuthority, type IssuedCertificate } from '../x509/authority.ts'
import { createSeededKey } from '../x509/seeded-key.ts'

export interface TlsIdentityOptions {
  /** The host names that a twin stands in for; their callers are let through when they come by `CONNECT`. */
  readonly hosts: readonly string[]
  /** The address that is listened on, where it is another than loopback. */
  readonly address?: string
  /** The same seed gives the same certificates, so that what trusts them once trusts them after a restart; fresh without one. */
  readonly seed?: string | undefined
}

/** What a listener needs to speak TLS. */
export interface TlsIdentity {
  readonly hosts: readonly string[]
  /** The certificate of the server and those between it and the authority, as PEM. */
  readonly certificates: string
  readonly privateKey: KeyObject
  /** The authority to trust; its private key never leaves the process. */
  readonly ca: IssuedCertificate
}

const organization = 'Offline Mock'
const profile = {
  root: { commonName: 'Offline Mock TLS Root', organization },
  intermediate: { commonName: 'Offline Mock TLS CA', organization },
}

// As long as the authority's, since callers go by the real clock and the twin may not. Those who refuse long certificates of servers
// let one pass that begins before their rule does.
const validity = { notBefore: new Date('2000-01-01T00:00:00Z'), notAfter: new Date('2099-12-31T23:59:59Z') }

/** Makes a certificate for the hosts, `localhost`, loopback and the address that is listened on, from an authority of its own. */
export function createTlsIdentity({ hosts, address, seed }: TlsIdentityOptions): TlsIdentity {
  const privateKey = seed === undefined ? freshKey() : createSeededKey(`${seed}/tls/server`)
  const names = [...new Set([...hosts, 'localhost', '127.0.0.1', '::1', ...(address === undefined ? [] : [address])])]
  const [server, intermediate, ca] = createAuthority({ tls: profile }, { seed }).issue('tls', {
    ...validity,
    commonName: 'localhost',
    organization,
    dnsNames: names.filter((name) => isIP(name) === 0),
    ipAddresses: names.filter((name) => isIP(name) !== 0),
    spki: createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    serialNumber: Uint8Array.of(1),
    hash: 'sha256',
  })
  return { hosts, certificates: server.pem + intermediate.pem, privateKey, ca }
}

function freshKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}
