/** Serial numbers and thumbprints as they are compared: without case, colons and leading zeros (assumed). */
export function normalizeHex(text: string): string {
  return text.replaceAll(':', '').toUpperCase().replace(/^0+/, '')
}
