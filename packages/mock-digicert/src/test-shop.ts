// What the tests of placing orders share: a twin, a body that is issued at once with the key for it, and the twin's errors.
import type { DigicertMockOptions } from './mock.ts'
import { type Answer, type CallOptions, setup } from './test-world.ts'

export const missing = (path: string): string => `required_param:${path} ~ ${path} is a required parameter.`
export const invalid = (path: string): string => `invalid_param:${path} ~ ${path} is an invalid parameter.`

export const fast: CallOptions = { apiKey: 'MOCKKEYFAST' }
export const certificate = { common_name: 'new.example.com', csr: '<csr>', signature_hash: 'sha256' }
export const body: { certificate: object; organization: object; validity_years: number } = {
  certificate,
  organization: { id: 112233 },
  validity_years: 1,
}

export interface Shop extends ReturnType<typeof setup> {
  readonly place: (changes?: object, options?: CallOptions, product?: string) => Promise<Answer>
  readonly info: (id?: number) => Promise<Record<string, unknown>>
}

export function setupShop(options: DigicertMockOptions = {}): Shop {
  const world = setup(options)
  const { call } = world
  return {
    ...world,
    place: (changes = {}, callOptions = fast, product = 'ssl_multi_domain') =>
      call('POST', `/order/certificate/${product}`, { ...body, ...changes }, callOptions),
    info: async (id = 300001) => (await call('GET', `/order/certificate/${id}`)).json as Record<string, unknown>,
  }
}

export const withCertificate = (changes: object): object => ({ certificate: { ...certificate, ...changes } })
