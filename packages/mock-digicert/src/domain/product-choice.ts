import { refuse } from '../errors.ts'
import { type Product, products } from '../products.ts'
import { allNames, type Names } from './names.ts'

/** The path that leaves the choice of the product to the body. */
export const anyProduct = 'ssl'

/** A product by its id. @throws Refusal `not_found|product` */
export function findProduct(nameId: string): Product {
  const product = products.get(nameId)
  if (product === undefined) throw refuse('product-unknown')
  return product
}

/**
 * The product that a hint and the names of a certificate ask for: that for one name, for several, or for a wildcard (assumed).
 *
 * @throws Refusal `ambiguous_product` for an unknown hint, or none, and for wildcards where there is no product for them
 */
export function chooseProduct(hint: string, names: Names): Product {
  const all = allNames(names)
  const kinds = choices[hint.toLowerCase().replaceAll('_', '')]
  const nameId = kinds?.[kindOf(names.commonName, all)]
  if (nameId === undefined) throw refuse('product-ambiguous')
  return findProduct(nameId)
}

type Kind = 'one' | 'several' | 'wildcard' | 'mixture'

const choices: Readonly<Record<string, Readonly<Partial<Record<Kind, string>>>>> = {
  dv: { one: 'ssl_dv_geotrust', several: 'ssl_dv_geotrust' },
  ov: { one: 'ssl_plus', several: 'ssl_multi_domain', wildcard: 'ssl_wildcard' },
  ev: { one: 'ssl_ev_plus', several: 'ssl_ev_multi_domain' },
}

/** A certificate for a wildcard may have names below it, and the bare domain. */
function kindOf(commonName: string, names: readonly string[]): Kind {
  const base = commonName.replace(/^\*\./, '')
  const isBelow = (name: string): boolean => name === base || name.endsWith(`.${base}`)
  if (commonName.startsWith('*.') && names.every(isBelow)) return 'wildcard'
  if (names.some((name) => name.startsWith('*.'))) return 'mixture'
  return names.length > 1 ? 'several' : 'one'
}
