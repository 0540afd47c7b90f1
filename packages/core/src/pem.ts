/** The certificates in a PEM text, each with its armour and a line feed at its end. */
export function splitPem(text: string): string[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  return blocks.map((block) => `${block.replaceAll(/\r\n?/g, '\n')}\n`)
}
