import { listOf } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { Product, ProductEntry } from './api.generated.ts'
import type { Routes } from './routes.generated.ts'

/** What an account can order. */
export interface Products {
  /** What the account can order, without the details. */
  list(options?: CallOptions): Promise<readonly ProductEntry[]>
  /** What a product allows; its id is for instance `ssl_basic`. @throws CerttwinError `not_found` */
  get(nameId: string, options?: CallOptions): Promise<Product>
}

export function createProducts(call: Call<Routes>): Products {
  return {
    list: (options) => call('listProducts GET /product', {}, options, listOf('products')),
    get: (nameId, options) => call('getProduct GET /product/{name_id}', { path: { name_id: nameId } }, options),
  }
}
