import { listOf } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { operations, Product, ProductEntry } from './api.generated.ts'

/** What an account can order. */
export interface Products {
  /** What the account can order, without the details. */
  list(options?: CallOptions): Promise<readonly ProductEntry[]>
  /** What a product allows; its id is for instance `ssl_basic`. @throws CerttwinError `not_found` */
  get(nameId: string, options?: CallOptions): Promise<Product>
}

export function createProducts(call: Call<operations>): Products {
  return {
    list: (options) => call('listProducts', {}, options, listOf('products')),
    get: (nameId, options) => call('getProduct', { path: { name_id: nameId } }, options),
  }
}
