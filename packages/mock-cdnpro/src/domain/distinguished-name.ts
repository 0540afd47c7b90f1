import { attributeOids, type DistinguishedName, type NameAttribute } from '@certtwin/mock-kit/x509'

const keys: ReadonlyMap<string, string> = new Map(Object.entries(attributeOids).map(([key, oid]) => [oid, key]))

/**
 * A name as the wire shows it: in the order of the DER, joined by commas without blanks.
 *
 * The order is computed from the vendor's own sample; keys beyond `C ST L O OU CN E` and the escaping are assumed.
 */
export function formatName(name: DistinguishedName): string {
  return name.map((relative) => relative.map(formatAttribute).join('+')).join(',')
}

function formatAttribute({ oid, value }: NameAttribute): string {
  return `${keys.get(oid) ?? oid}=${escapeValue(value)}`
}

function escapeValue(value: string): string {
  // The look-behind keeps the search for trailing blanks linear.
  return value.replaceAll(/[,"\\+=<>;]|^#|^ +|(?<! ) +$/g, (match) => match.replaceAll(/./g, String.raw`\$&`))
}

/**
 * Reads a name back from what `formatName` wrote. The seed data holds names in this form alone.
 *
 * What stood in the DER as another kind than text comes back as the text that stood for it.
 */
export function parseName(text: string): DistinguishedName {
  return splitAt(',', text).map((relative) => splitAt('+', relative).map(parseAttribute))
}

function parseAttribute(text: string): NameAttribute {
  const [, key = '', value = ''] = /^([^=]*)=([^]*)$/.exec(text) ?? []
  const oid = Object.hasOwn(attributeOids, key) ? attributeOids[key as keyof typeof attributeOids] : key
  return { oid, value: value.replaceAll(/\\([^])/g, '$1') }
}

/** The parts between separators that no backslash precedes; none of an empty text. */
function splitAt(separator: ',' | '+', text: string): string[] {
  const part = separator === ',' ? /(?:[^\\,]|\\[^])+/g : /(?:[^\\+]|\\[^])+/g
  return text.match(part) ?? []
}
