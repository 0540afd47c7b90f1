/** A stored word as it stands on the wire: `needsApproval` as `needs_approval`. */
export function toWireWord(word: string): string {
  return word.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
