import { equal, ok } from './proof.ts'
import type { World } from './world.ts'

const approved = async ({ digicert, place: { csr } }: World): Promise<void> => {
  const client = digicert()
  const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
  const duplicate = await client.duplicates.create(112233, { certificate })
  if (duplicate.state !== 'pending') throw new Error(duplicate.state)
  await client.requests.approve(duplicate.requests[0]!.id)
  const { id } = await client.duplicates.waitForIssued(112233, csr, { pollMs: 10 })
  equal((await client.certificates.download(id)).length, 3)
}

const uploaded = async ({ gateway, place: { certificate, chainCert, privateKey } }: World): Promise<void> => {
  const client = gateway()
  const newVersion = { certificate, chainCert, privateKey }
  const id = await client.certificates.create({ name: 'shop', newVersion })
  const { version, fingerprint } = await client.versions.get(id, 1)
  equal(version, 1)
  ok(/^[0-9a-f]{40}$/.test(fingerprint ?? ''), 'the version has a fingerprint')
}

/** What the vendors offer, each kind of call once. */
export const calls: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'a duplicate is requested, approved, waited for and downloaded': approved,
  'a certificate is uploaded with its key, and its version read': uploaded,
}
