import type { Client } from 'openapi-fetch'
import { expectData, expectList } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { paths, Product, ProductEntry } from './api.generated.ts'

/** What an account can order. */
export interface Products {
  /** What the account can order, without the details. */
  list(options?: CallOptions): Promise<readonly ProductEntry[]>
  /** What a product allows; its id is for instance `ssl_basic`. @throws CerttwinError `not_found` */
  get(nameId: string, options?: CallOptions): Promise<Product>
}

export function createProducts(api: Client<paths>, call: Call): Products {
  return {
    async list(options) {
      const answer = await call('listProducts', options, (init) => api.GET('/product', init))
      return expectList('listProducts', answer, 'products')
    },
    async get(nameId, options) {
      const params = { path: { name_id: nameId } }
      return expectData(
        'getProduct',
        await call('getProduct', options, (init) => api.GET('/product/{name_id}', { params, ...init })),
      )
    },
  }
}
