import { fromBase64, toHex } from './bytes.ts'

const armoured = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\s\S]*?)-----END/

/**
 * The public key in a PKCS#10 request, as the hex of its DER, or undefined when the text is none.
 *
 * Reads PEM with or without line breaks and with text around it, and bare base64. Our own walk of the four DER lengths on the way: a library for
 * ASN.1 would be larger than this whole client.
 */
export function parsePublicKeyOfCsr(text: string): string | undefined {
  const body = armoured.exec(text)?.[1] ?? text
  const der = decodeBase64(body.replaceAll(/\s/g, ''))
  if (der === undefined) return undefined
  // CertificationRequest { CertificationRequestInfo { version, subject, subjectPublicKeyInfo, … }, … }
  const request = readElement(der, 0)
  const info = request && readElement(der, request.start)
  const version = info && readElement(der, info.start)
  const subject = version && readElement(der, version.end)
  const key = subject && readElement(der, subject.end)
  return key && key.end <= der.length ? toHex(der.subarray(subject.end, key.end)) : undefined
}

interface Element {
  /** Where the content starts. */
  readonly start: number
  /** Where the element ends. */
  readonly end: number
}

function readElement(der: Uint8Array, offset: number): Element | undefined {
  const first = der[offset + 1]
  if (first === undefined) return undefined
  if (first < 0x80) return { start: offset + 2, end: offset + 2 + first }
  const digits = der.subarray(offset + 2, offset + 2 + (first & 0x7f))
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0)
  const start = offset + 2 + digits.length
  return { start, end: start + length }
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return undefined
  }
}
