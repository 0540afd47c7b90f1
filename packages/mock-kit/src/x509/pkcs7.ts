import { element, explicit, integer, oid, sequence, tags } from './der.ts'
import { oids } from './oids.ts'

const noMembers = element(tags.set, [])

/**
 * Bundles certificates as PKCS#7 (RFC 2315 §9.1): signed data without a signer, which is how certificates travel in it.
 *
 * The certificates stay in the order given, which DER would not allow and readers do not mind: nothing signs the bundle.
 */
export function buildPkcs7(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = sequence([
    integer(1),
    noMembers, // hashes
    sequence([oid(oids.data)]),
    element(0xa0, certificates),
    noMembers, // signers
  ])
  return sequence([oid(oids.signedData), explicit(0, signedData)])
}
