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
