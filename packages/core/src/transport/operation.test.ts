import { expect, it } from 'vitest'
import type { operations as CdnProOperations } from '../cdnpro/api.generated.ts'
import type { operations as DigicertOperations } from '../digicert/api.generated.ts'
import type { Call } from './call.ts'

// The compiler is what judges here: it refuses this file when it has nothing to say about a line that is marked.
it('a call is what the document says of its operation', () => {
  const digicert = (() => undefined) as unknown as Call<DigicertOperations>
  const cdnpro = (() => undefined) as unknown as Call<CdnProOperations>
  const certificate = { common_name: 'example.com', csr: 'x', signature_hash: 'sha256' }

  void digicert('requestDuplicate', { path: { order_id: 1 }, body: { certificate } })
  // @ts-expect-error a body without what it must have
  void digicert('requestDuplicate', { path: { order_id: 1 }, body: {} })
  // @ts-expect-error a member of another type
  void digicert('requestDuplicate', { path: { order_id: 1 }, body: { certificate: 'x' } })
  // @ts-expect-error a member that is none
  void digicert('requestDuplicate', { path: { order_id: 1 }, body: { certificate, remark: 'x' } })
  // @ts-expect-error no body
  void digicert('requestDuplicate', { path: { order_id: 1 } })
  // @ts-expect-error another name in the path
  void digicert('requestDuplicate', { path: { orderId: 1 }, body: { certificate } })
  // @ts-expect-error no path
  void digicert('requestDuplicate', { body: { certificate } })
  // @ts-expect-error no such operation
  void digicert('requestTriplicate', { path: { order_id: 1 }, body: { certificate } })

  void cdnpro('listCertificates', { query: { limit: 1, offset: undefined } })
  // @ts-expect-error another name in the query
  void cdnpro('listCertificates', { query: { pageSize: 1 } })
  // @ts-expect-error a value of another type
  void cdnpro('listCertificates', { query: { limit: '1' } })
  // @ts-expect-error another name in the path
  void cdnpro('getDeploymentTask', { path: { taskId: 'x' } })
  // @ts-expect-error a body where none is taken
  void cdnpro('getDeploymentTask', { path: { id: 'x' }, body: {} })

  const numberOf = async (): Promise<number | undefined> => {
    const { version } = await cdnpro('getCertificateVersion', { path: { certificateId: 'x', version: 1 } })
    // @ts-expect-error a member that no answer has
    const { remark } = await cdnpro('getCertificateVersion', { path: { certificateId: 'x', version: 1 } })
    return version ?? remark
  }
  expect(numberOf).toBeTypeOf('function')
})
