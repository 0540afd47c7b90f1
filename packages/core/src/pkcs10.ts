import { fromBase64, toHex } from './bytes.ts'

const armoured = /-----BEGIN [A-Z ]*REQUEST-----([^-]*)/

/**
 * The public key in a PKCS#10 request, as the hex of its DER, or undefined when the text is none.
 *
 * Reads PEM with or without line breaks and with text around it, and bare base64. Our own walk of the four DER lengths on the way: a library for
 * ASN.1 would be larger than this whole client.
 */
export function parsePublicKeyOfCsr(text: string): string | undefined {
  const der = decodeBase64(armoured.exec(text)?.[1] ?? text)
  // CertificationRequest { CertificationRequestInfo { version, subject, subjectPublicKeyInfo, … }, … }
  const request = readElement(der, 0)
  const info = readElement(der, request.start)
  const version = readElement(der, info.start)
  const subject = readElement(der, version.end)
  const key = readElement(der, subject.end)
  return key.end <= der.length ? toHex(der.subarray(subject.end, key.end)) : undefined
}

interface Element {
  /** Where the content starts. */
  readonly start: number
  /** Where the element ends. */
  readonly end: number
}

/** What is not there ends at NaN. */
function readElement(der: Uint8Array, offset: number): Element {
  let start = offset + 2
  let length = der[offset + 1]!
  if (length > 0x7f) {
    // It says how many bytes the length has.
    const end = start + (length & 0x7f)
    for (length = 0; start < end; start++) length = length * 256 + der[start]!
  }
  return { start, end: start + length }
}

/** Empty where it is none, and where callers without types give something else than text. */
function decodeBase64(text: string): Uint8Array {
  try {
    return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return new Uint8Array()
  }
}
