import { createHash } from 'node:crypto'

/** The password of a Java truststore; everybody uses this one, since it guards nothing that is secret. */
export const truststorePassword = 'changeit'

const magic = 0xfeedfeed
const version = 2
const trustedCertificate = 2

/**
 * Writes a Java keystore (JKS) that trusts one certificate.
 *
 * Our own, since the format is a handful of fields and no library writes it without a JVM.
 *
 * @param alias - lower-case ASCII
 * @param madeAt - what the entry says of its age; a parameter, so that the same certificate gives the same bytes
 */
export function encodeTruststore(alias: string, der: Uint8Array, madeAt: Date): Uint8Array {
  const madeAtMs = Buffer.alloc(8)
  madeAtMs.writeBigInt64BE(BigInt(madeAt.getTime()))
  const entryCount = 1
  const contents = Buffer.concat([
    ...[magic, version, entryCount, trustedCertificate].map(encodeNumber),
    encodeText(alias),
    madeAtMs,
    encodeText('X.509'),
    encodeNumber(der.length),
    der,
  ])
  return Buffer.concat([contents, digest(contents)])
}

/** The password, a phrase of the format's makers, and the contents. */
function digest(contents: Uint8Array): Uint8Array {
  const password = Buffer.from(truststorePassword, 'utf16le').swap16()
  return createHash('sha1').update(password).update('Mighty Aphrodite').update(contents).digest()
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function encodeText(text: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(text))
  return Buffer.concat([length, Buffer.from(text)])
}
