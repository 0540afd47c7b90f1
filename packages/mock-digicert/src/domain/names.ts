import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Certificate } from '../entities.ts'
import type { Problem } from '../errors.ts'
import type { Product } from '../products.ts'

/** The names of a certificate: the common name, and the further names as they were asked for. */
export type Names = Pick<Certificate, 'commonName' | 'dnsNames'>

const maxCommonName = 64
const maxName = 253
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** What has a meaning in a URL: the conversion to A-labels would take it for more than a name. */
const urlSyntax = /[\s/\\?#%@:[\]]/

/** A name as it is stored and compared: trimmed, lower case, A-labels, no dot at its end. What cannot be converted stays. */
export function normalizeName(text: string): string {
  const name = text.trim().toLowerCase().replace(/\.$/, '')
  return /^\p{ASCII}*$/u.test(name) || urlSyntax.test(name) ? name : domainToASCII(name) || name
}

/** Whether two common names are the same; that of a code signing certificate is free text, an organization's name. */
export function isSameName(product: Product, one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => (product.isCodeSigning ? text.toLowerCase() : normalizeName(text)))
  return first === second
}

/** The common name and the further names, each once: what the certificate is valid for. */
export function allNames({ commonName, dnsNames }: Names): string[] {
  return [...new Set([commonName, ...dnsNames])]
}

/**
 * Checks the names of a duplicate against those of the order's primary certificate; common name first.
 *
 * Documented: names may be reordered and dropped; a name may become the common name on multi-domain products; subdomains of a
 * wildcard may be added on wildcard products; nothing else may change.
 */
export function nameProblems(product: Product, original: Names, requested: Names): Problem[] {
  const onOrder = new Set(allNames(original).map(normalizeName))
  return [
    ...commonNameProblems(product, original, requested.commonName),
    ...requested.dnsNames.flatMap((name) => dnsNameProblems(product, onOrder, name)),
  ]
}

/** Checks names that may be any, common name first. */
export function nameSyntaxProblems(product: Product, { commonName, dnsNames }: Names): Problem[] {
  const invalid = dnsNames.filter((name) => !isName(name, product))
  const all = isCommonName(commonName, product) ? invalid : [commonName, ...invalid]
  return all.map((detail) => ({ reason: 'name-invalid', detail }))
}

/** An organization's name is any text that there is something of, and that fits into a certificate. */
function isCommonName(name: string, product: Product): boolean {
  if (name.length > maxCommonName) return false
  return product.isCodeSigning ? name !== '' : isName(name, product)
}

function commonNameProblems(product: Product, original: Names, name: string): Problem[] {
  if (!isCommonName(name, product)) return [{ reason: 'name-invalid', detail: name }]
  if (isSameName(product, name, original.commonName)) return []
  const isOnOrder = original.dnsNames.some((other) => isSameName(product, name, other))
  if (!isOnOrder) return [{ reason: 'common-name-not-on-order', detail: name }]
  return product.movesCommonName ? [] : [{ reason: 'common-name-fixed' }]
}

function dnsNameProblems(product: Product, onOrder: Set<string>, name: string): Problem[] {
  if (!isName(name, product)) return [{ reason: 'name-invalid', detail: name }]
  if (onOrder.has(name)) return []
  if (!product.addsSubdomains) return [{ reason: 'dns-name-not-on-order', detail: name }]
  const wildcards = [...onOrder].filter((other) => other.startsWith('*.'))
  // At any depth; the bare domain ends in it, too, but without a dot before it.
  const isAddable = wildcards.some((wildcard) => name.endsWith(wildcard.slice(1)))
  return isAddable ? [] : [{ reason: 'dns-name-not-subdomain', detail: name }]
}

function isName(name: string, product: Product): boolean {
  return isAddress(name) ? product.isPrivate : isDomainName(name)
}

/**
 * What no address looks like is not asked for: to learn what one is takes Node a twentieth of the start of a twin. One with a
 * zone means something on one machine alone, and a certificate cannot hold it.
 */
function isAddress(name: string): boolean {
  return /^[\d.]+$|^[^%]*:[^%]*$/.test(name) && isIP(name) !== 0
}

function isDomainName(name: string): boolean {
  const labels = name.split('.')
  const plain = labels[0] === '*' ? labels.slice(1) : labels
  return name.length <= maxName && labels.length >= 2 && plain.every((part) => label.test(part))
}
