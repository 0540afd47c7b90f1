import type { Order } from './entities.ts'
import { mustGet } from './state.ts'

/** A kind of certificate, as far as duplicates are concerned. */
export interface Product {
  readonly nameId: string
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

/**
 * The products that the twin knows. That `ssl_plus` has no duplicates and `ssl_basic` has them is documented; so are the moving of
 * names on multi-domain orders and the adding of subdomains on wildcard orders. Which other product does which is assumed.
 */
const table: Readonly<Record<string, Omit<Product, 'nameId'>>> = {
  ssl_plus: { ...tls, allowsDuplicates: false },
  ssl_basic: multiDomain,
  ssl_multi_domain: multiDomain,
  ssl_wildcard: wildcard,
  ssl_ev_plus: { ...tls, ...ev },
  ssl_ev_multi_domain: { ...multiDomain, ...ev },
  ssl_ev_basic: { ...multiDomain, ...ev },
  ssl_securesite: tls,
  ssl_securesite_flex: multiDomain,
  ssl_securesite_pro: multiDomain,
  ssl_securesite_multi_domain: multiDomain,
  ssl_securesite_wildcard: wildcard,
  ssl_ev_securesite: { ...tls, ...ev },
  ssl_ev_securesite_flex: { ...multiDomain, ...ev },
  ssl_ev_securesite_pro: { ...multiDomain, ...ev },
  ssl_ev_securesite_multi_domain: { ...multiDomain, ...ev },
  private_ssl_plus: { ...tls, isPrivate: true },
  private_ssl_multi_domain: { ...multiDomain, isPrivate: true },
  private_ssl_wildcard: { ...wildcard, isPrivate: true },
  ssl_dv_geotrust: { ...tls, validation: 'DV' },
  ssl_dv_rapidssl: { ...tls, validation: 'DV' },
  code_signing: { ...tls, isCodeSigning: true },
  code_signing_ev: { ...tls, ...ev, isCodeSigning: true },
}

/** The products by their ids. */
export const products: ReadonlyMap<string, Product> = new Map(
  Object.entries(table).map(([nameId, product]) => [nameId, { nameId, ...product }]),
)

export function productOf({ productId }: Order): Product {
  return mustGet(products, productId)
}
