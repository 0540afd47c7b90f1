import { equal, errorOf, ok } from './proof.ts'
import type { Cases, World } from './world.ts'

const operation = 'requestDuplicate'

const duplicate = ({ digicert, place: { csr } }: World, options: object = {}) => {
  const certificate = { common_name: 'multi.example.net', csr, signature_hash: 'sha256' }
  return digicert().duplicates.create(100002, { certificate }, options)
}

/** The twin makes it, and nobody hears of it. */
const lostAfterwards = { kind: 'reset', effect: 'after' }

/** What becomes of calls whose answer does not come, or comes in pieces. */
export const losses: Cases = {
  'a refused connection is known to have sent nothing': async ({ digicert, place: { closedUrl }, platform }) => {
    const client = digicert({ baseUrl: closedUrl, retry: { attempts: 2, baseMs: 0 } })
    const { code, attempts, outcome } = await errorOf(client.orders.revoke(1))
    equal([code, attempts, outcome], platform.mixesUpFailures ? ['network', 1, 'unknown'] : ['network', 2, 'not_sent'])
  },
  'a read is repeated after a reset': async (world) => {
    await world.fail('digicert', 'getOrder', { kind: 'reset' })
    equal((await world.digicert().orders.get(100003)).id, 100003)
    equal((await world.calls('digicert', 'getOrder')).length, 2)
  },
  'a purchase is not repeated after a reset, also by the platform, and its outcome is unknown': async (world) => {
    await world.digicert().orders.get(100003) // leaves a connection open, on which some platforms repeat
    await world.fail('digicert', operation, lostAfterwards)
    const { code, outcome, attempts } = await errorOf(duplicate(world))
    equal([code, outcome, attempts], ['network', 'unknown', 1])
    equal((await world.calls('digicert', operation)).length, 1)
  },
  'a revocation is not repeated after a reset, also by the platform': async (world) => {
    await world.digicert().orders.get(100003)
    await world.fail('digicert', 'revokeOrder', lostAfterwards)
    const { code, outcome, attempts } = await errorOf(world.digicert().orders.revoke(100003))
    equal([code, outcome, attempts], ['network', 'unknown', 1])
    equal((await world.calls('digicert', 'revokeOrder')).length, 1)
  },
  'a purchase is found again after a reset when it may be looked for': async (world) => {
    await world.fail('digicert', operation, lostAfterwards)
    equal((await duplicate(world, { recover: true })).state, 'issued')
    equal((await world.calls('digicert', operation)).length, 1)
  },
  'a deletion that was lost is done': async (world) => {
    const { certificates } = world.gateway()
    const { certificate, chainCert, privateKey } = world.place
    const id = await certificates.create({ name: 'x', newVersion: { certificate, chainCert, privateKey } })
    await world.fail('gateway', 'deleteCertificate', lostAfterwards)
    await certificates.delete(id)
    equal((await world.calls('gateway', 'deleteCertificate')).map(({ status }) => status).at(-1), 404)
  },
  'a body that breaks off is a lost answer': async (world) => {
    await world.fail('digicert', operation, { kind: 'truncated-body' })
    const { code, outcome } = await errorOf(duplicate(world))
    equal([code, outcome], ['network', 'unknown'])
  },
  'an answer that is no JSON is unexpected': async (world) => {
    await world.fail('digicert', operation, { kind: 'broken-json' })
    const { code, outcome } = await errorOf(duplicate(world))
    equal([code, outcome], ['unexpected_response', 'unknown'])
  },
  'a failure of the vendor is repeated for a read': async (world) => {
    await world.fail('gateway', 'listCertificates', { kind: 'error', status: 503 })
    ok((await world.gateway().certificates.page()).count > 0, 'the second answer counts')
  },
  'a redirect is not followed': async ({ digicert, place: { oddUrl } }) => {
    const error = await errorOf(digicert({ baseUrl: `${oddUrl}/redirect` }).orders.get(1))
    equal([error.code, error.status], ['unexpected_response', 307])
  },
}
