import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCertificate } from '../x509/certificate.ts'
import type { TlsIdentity } from './identity.ts'
import { encodeTruststore } from './java-truststore.ts'

/** Where the authority of a twin stands for those who are to trust it. */
export interface TrustFiles {
  /** The certificate of the authority, as PEM. */
  readonly ca: string
  /** The same as a Java truststore, whose password is `changeit`. */
  readonly truststore: string
}

/**
 * Writes `ca.pem` and `truststore.jks` into the folder, which is made where it is missing; they hold nothing secret.
 *
 * @throws Error of node:fs when the folder cannot be written
 */
export function writeTrustFiles(folder: string, { ca }: TlsIdentity): TrustFiles {
  const files = { ca: join(folder, 'ca.pem'), truststore: join(folder, 'truststore.jks') }
  mkdirSync(folder, { recursive: true })
  writeFileSync(files.ca, ca.pem)
  writeFileSync(files.truststore, encodeTruststore('offline-mock', ca.der, parseCertificate(ca.der).notBefore))
  return files
}
