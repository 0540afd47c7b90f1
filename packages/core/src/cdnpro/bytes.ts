const encoder = new TextEncoder()

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

export function toBase64(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
}
