import type { Order } from './entities.ts'
import { mustGet } from './state.ts'

/** A kind of certificate. */
export interface Product {
  readonly nameId: string
  readonly name: string
  readonly group: string
  readonly type: string
  readonly validation: 'DV' | 'OV' | 'EV'
  readonly allowsDuplicates: boolean
  /** Another name of the order may become the common name of a duplicate. */
  readonly movesCommonName: boolean
  /** Subdomains of the order's wildcard may be added to a duplicate. */
  readonly addsSubdomains: boolean
  readonly isPrivate: boolean
  readonly isCodeSigning: boolean
}

const tls = {
  group: 'ssl_certificate',
  type: 'ssl_certificate',
  validation: 'OV',
  allowsDuplicates: true,
  movesCommonName: false,
  addsSubdomains: false,
  isPrivate: false,
  isCodeSigning: false,
} as const
const multiDomain = { ...tls, movesCommonName: true } as const
const wildcard = { ...multiDomain, addsSubdomains: true } as const
const ev = { validation: 'EV' } as const
const secureSite = { group: 'securesite_ssl_certificate' } as const
const ofPrivate = { group: 'private_ssl_certificate', isPrivate: true } as const
const dv = { ...tls, group: 'dv_ssl_certificate', type: 'dv_ssl_certificate', validation: 'DV' } as const
const codeSigning = {
  ...tls,
  group: 'code_signing_certificate',
  type: 'code_signing_certificate',
  isCodeSigning: true,
} as const

/**
 * The products that the twin knows. That `ssl_plus` has no duplicates and `ssl_basic` has them is documented; so are the moving of
 * names on multi-domain orders and the adding of subdomains on wildcard orders. Which other product does which is assumed, as
 * are most of the names.
 */
const table: Readonly<Record<string, Omit<Product, 'nameId'>>> = {
  ssl_plus: { ...tls, name: 'Standard SSL', allowsDuplicates: false },
  ssl_basic: { ...multiDomain, name: 'Basic OV' },
  ssl_multi_domain: { ...multiDomain, name: 'Multi-Domain SSL' },
  ssl_wildcard: { ...wildcard, name: 'Wildcard SSL' },
  ssl_ev_plus: { ...tls, ...ev, name: 'Extended Validation SSL' },
  ssl_ev_multi_domain: { ...multiDomain, ...ev, name: 'EV Multi-Domain' },
  ssl_ev_basic: { ...multiDomain, ...ev, name: 'Basic EV' },
  ssl_securesite: { ...tls, ...secureSite, name: 'Secure Site SSL' },
  ssl_securesite_flex: { ...multiDomain, ...secureSite, name: 'Secure Site OV' },
  ssl_securesite_pro: { ...multiDomain, ...secureSite, name: 'Secure Site Pro SSL' },
  ssl_securesite_multi_domain: { ...multiDomain, ...secureSite, name: 'Secure Site Multi-Domain' },
  ssl_securesite_wildcard: { ...wildcard, ...secureSite, name: 'Secure Site Wildcard' },
  ssl_ev_securesite: { ...tls, ...ev, ...secureSite, name: 'Secure Site EV SSL' },
  ssl_ev_securesite_flex: { ...multiDomain, ...ev, ...secureSite, name: 'Secure Site EV' },
  ssl_ev_securesite_pro: { ...multiDomain, ...ev, ...secureSite, name: 'Secure Site Pro EV SSL' },
  ssl_ev_securesite_multi_domain: { ...multiDomain, ...ev, ...secureSite, name: 'Secure Site EV Multi-Domain' },
  private_ssl_plus: { ...tls, ...ofPrivate, name: 'Private SSL' },
  private_ssl_multi_domain: { ...multiDomain, ...ofPrivate, name: 'Multi-Domain' },
  private_ssl_wildcard: { ...wildcard, ...ofPrivate, name: 'Wildcard' },
  ssl_dv_geotrust: { ...dv, name: 'ssl_dv_geotrust' },
  ssl_dv_rapidssl: { ...dv, name: 'ssl_dv_rapidssl' },
  code_signing: { ...codeSigning, name: 'Code Signing' },
  code_signing_ev: { ...codeSigning, ...ev, name: 'EV Code Signing' },
}

/** The products by their ids. */
export const products: ReadonlyMap<string, Product> = new Map(
  Object.entries(table).map(([nameId, product]) => [nameId, { nameId, ...product }]),
)

export function productOf({ productId }: Order): Product {
  return mustGet(products, productId)
}
