import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { signBy } from './build.ts'
import { element, integer, oid, sequence, setOf } from './der.ts'
import { buildAlternativeName } from './extensions.ts'
import { encodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { oids } from './oids.ts'
import { encodePem } from './pem.ts'
import { issuerAlgorithm } from './signature-algorithm.ts'

/** [0] IMPLICIT SET OF, empty when nothing is asked for. */
const attributesTag = 0xa0

/**
 * Makes a certificate signing request (PKCS#10) for a key, signed with SHA-256, as PEM with LF.
 *
 * @param dnsNames asked for as subject alternative name; none unless told, the common name is not added
 * @throws TypeError when the key is neither RSA nor EC.
 */
export function buildCsr(subject: DistinguishedName, privateKey: KeyObject, dnsNames: readonly string[] = []): string {
  const algorithm = issuerAlgorithm(privateKey, 'sha256')
  const info = sequence([
    integer(0),
    encodeName(subject),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    element(attributesTag, requestAttributes(dnsNames)),
  ])
  return encodePem('CERTIFICATE REQUEST', sequence([info, algorithm, signBy(privateKey, 'sha256', info)]))
}

function requestAttributes(dnsNames: readonly string[]): Uint8Array[] {
  const extensions = buildAlternativeName(dnsNames)
  return extensions.length === 0 ? [] : [sequence([oid(oids.extensionRequest), setOf([sequence(extensions)])])]
}
