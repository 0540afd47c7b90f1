const encoder = new TextEncoder()

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

export function toBase64(bytes: ArrayBuffer | Uint8Array): string {
  return btoa(join(bytes, (byte) => String.fromCharCode(byte)))
}

/** @throws DOMException when the text is no base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

export function toHex(bytes: ArrayBuffer | Uint8Array): string {
  return join(bytes, (byte) => byte.toString(16).padStart(2, '0'))
}

/** Byte by byte, since a call does not take as many arguments as there may be bytes. */
function join(bytes: ArrayBuffer | Uint8Array, toText: (byte: number) => string): string {
  return Array.from(new Uint8Array(bytes), toText).join('')
}
