import { X509Certificate } from 'node:crypto'
import { dnsNamesOf, plainHex, type Target } from './verification.ts'

/** The issued duplicate. */
export interface IssuedDuplicate {
  readonly certificateId: number
  readonly commonName: string
  readonly dnsNames: readonly string[]
  readonly serialNumber: string
  readonly fingerprintSha1: string
  readonly fingerprintSha256: string
  readonly expirationTime: string
  /** Leaf, intermediate, root as PEM. */
  readonly chain: readonly string[]
}

/** A version at CDN Pro. */
export interface UploadedVersion {
  readonly certificateId: string
  readonly name: string | undefined
  readonly version: number
}

/** A target in which the version is live and was compared with what was issued. */
export interface VerifiedDeployment {
  readonly target: Target
  readonly taskId: string
}

/** What a run has done so far; with every target in it, it is the receipt. */
export interface Receipt {
  readonly orderId: number
  readonly requestId?: number
  readonly duplicate?: IssuedDuplicate
  readonly uploaded?: UploadedVersion
  /** A deployment task that is submitted, while its end and the verification are to come. */
  readonly openTask?: VerifiedDeployment | undefined
  readonly deployments: readonly VerifiedDeployment[]
}

/** What the leaf of a chain says of itself. */
export function describeDuplicate(certificateId: number, chain: readonly string[]): IssuedDuplicate {
  const leaf = new X509Certificate(chain[0]!)
  return {
    certificateId,
    commonName: /^CN=(.*)$/m.exec(leaf.subject)?.[1] ?? '',
    dnsNames: dnsNamesOf(leaf),
    serialNumber: plainHex(leaf.serialNumber).replace(/^0+/, ''),
    fingerprintSha1: plainHex(leaf.fingerprint),
    fingerprintSha256: plainHex(leaf.fingerprint256),
    expirationTime: leaf.validToDate.toISOString(),
    chain,
  }
}
