import { type Issuer, signBy } from './build.ts'
import { enumerated, explicit, integer, oid, sequence, time } from './der.ts'
import { extension } from './extensions.ts'
import { oids } from './oids.ts'
import { type Revocation, revocationReasons, type StatusPeriod } from './revocation.ts'
import { issuerAlgorithm } from './signature-algorithm.ts'

/** A certificate that was revoked; `serialNumber` is a big-endian magnitude. */
export interface RevokedCertificate extends Revocation {
  readonly serialNumber: Uint8Array
}

/** What a list of revocations is to say. */
export interface RevocationList extends StatusPeriod {
  /** Rises from list to list; a big-endian magnitude of at most 20 octets. */
  readonly number: Uint8Array
  readonly revoked: readonly RevokedCertificate[]
}

const version2 = integer(1)
const crlNumber = oid(oids.crlNumber)
const crlReason = oid(oids.crlReason)

/** Signs a certificate revocation list, version 2 (RFC 5280 §5), with SHA-256 and returns its DER. */
export function signCrl({ number, thisUpdate, nextUpdate, revoked }: RevocationList, issuer: Issuer): Uint8Array {
  const algorithm = issuerAlgorithm(issuer.key, 'sha256')
  const signedPart = sequence([
    version2,
    algorithm,
    issuer.name,
    time(thisUpdate),
    time(nextUpdate),
    // An empty list has to be left out.
    ...(revoked.length === 0 ? [] : [sequence(revoked.map(encodeEntry))]),
    explicit(0, sequence([issuer.keyId, extension(crlNumber, integer(number))])),
  ])
  return new Uint8Array(sequence([signedPart, algorithm, signBy(issuer.key, 'sha256', signedPart)]))
}

/** A reason that says nothing is to be left out (§5.3.1). */
function encodeEntry({ serialNumber, revokedAt, reason }: RevokedCertificate): Uint8Array {
  const code = revocationReasons[reason]
  const extensions = code === 0 ? [] : [sequence([extension(crlReason, enumerated(code))])]
  return sequence([integer(serialNumber), time(revokedAt), ...extensions])
}
