import { equal, errorOf, ok } from './proof.ts'
import type { Cases, World } from './world.ts'

const request = ({ place: { csr } }: World, commonName: string) => ({
  certificate: { common_name: commonName, csr, signature_hash: 'sha256' },
})

/** What DigiCert offers, each kind of call once. */
export const digicert: Cases = {
  'an order is read': async (world) => {
    const { id, status } = await world.digicert().orders.get(100003)
    equal([id, status], [100003, 'issued'])
  },
  'a list is read page after page': async (world) => {
    const ids: number[] = []
    for await (const { id } of world.digicert().orders.list({ pageSize: 2 })) ids.push(id)
    ok(ids.length > 4 && new Set(ids).size === ids.length, 'every order came once')
    ok((await world.calls('digicert', 'listOrders')).length > 2, 'there were several pages')
  },
  'a duplicate is issued at once': async (world) => {
    const duplicate = await world.digicert().duplicates.create(100003, request(world, '*.wild.example.net'))
    if (duplicate.state !== 'issued') throw new Error(duplicate.state)
    equal(duplicate.certificate_chain.length, 3)
  },
  'a duplicate is requested, approved, waited for and downloaded': async (world) => {
    const client = world.digicert()
    const duplicate = await client.duplicates.create(112233, request(world, 'example.com'))
    if (duplicate.state !== 'pending') throw new Error(duplicate.state)
    await client.requests.approve(duplicate.requests[0]!.id, { comment: 'Grüße' })
    const { id } = await client.duplicates.waitForIssued(112233, world.place.csr, { pollMs: 10 })
    equal((await client.certificates.download(id)).length, 3)
  },
  'a file comes byte for byte': async (world) => {
    const file = await world.digicert().certificates.fileOfOrder(100003, { format: 'der' })
    ok(file instanceof Uint8Array, 'a file is bytes')
    const [tag, length, high = 0, low = 0] = file
    equal([tag, length, high * 256 + low + 4], [0x30, 0x82, file.length])
  },
  'a refusal carries what the vendor says': async (world) => {
    const error = await errorOf(world.digicert().duplicates.list(4711))
    equal([error.code, error.status, error.outcome], ['not_found', 404, 'none'])
    ok(error.vendorErrors.length > 0 && error.message.startsWith('listDuplicates failed: status 404'), 'it is worded')
  },
  'a key that may only read is refused a purchase': async (world) => {
    const client = world.digicert({ apiKey: `MOCKKEYVIEWONLY.${world.name}` })
    const { code, outcome } = await errorOf(client.duplicates.create(112233, request(world, 'example.com')))
    equal([code, outcome], ['forbidden', 'none'])
  },
}
