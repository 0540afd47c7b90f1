import { equal, errorOf, ok } from './proof.ts'
import type { Cases, World } from './world.ts'

const newVersion = ({ place: { certificate, chainCert, privateKey } }: World) => ({
  certificate,
  chainCert,
  privateKey,
})

/** The twin takes a key only when it can decrypt it and it belongs to the certificate. */
const uploaded = async (world: World, client = world.gateway()): Promise<string> => {
  const id = await client.certificates.create({ name: 'shop', newVersion: newVersion(world) })
  const { version, fingerprint } = await client.versions.get(id, 1)
  equal(version, 1)
  ok(/^[0-9a-f]{40}$/.test(fingerprint ?? ''), 'the version has a fingerprint')
  return id
}

/** The same difference for all; the two clocks are some milliseconds apart anyway. */
const late = (): number => Date.now() - 3_600_000

/** What CDN Pro offers, each kind of call once, and each way to sign it. */
export const cdnpro: Cases = {
  'a certificate is uploaded with its key encrypted, and its version read': async (world) => {
    await uploaded(world)
  },
  'a version is deployed and waited for': async (world) => {
    const { certificates, deployments } = world.gateway()
    const id = await certificates.create({ name: 'shop', newVersion: newVersion(world) })
    const { certificate } = world.place
    const target = { certificateId: id, version: 1, target: 'staging', certificate } as const
    const { task, version } = await deployments.deployAndWait(target, { pollMs: 10 })
    equal([task.status, version.inStaging, version.inProduction], ['succeeded', true, false])
  },
  'a certificate is changed and deleted': async (world) => {
    const { certificates } = world.gateway()
    const id = await certificates.create({ name: 'shop', newVersion: newVersion(world) })
    equal(await certificates.update(id, { newVersion: newVersion(world) }), 2)
    await certificates.delete(id)
    equal((await errorOf(certificates.get(id))).code, 'not_found')
  },
  'a list is read page after page': async (world) => {
    const names: string[] = []
    for await (const { name } of world.gateway().certificates.list({ pageSize: 2 })) names.push(name)
    ok(names.length > 2 && new Set(names).size === names.length, 'every certificate came once')
  },
  'access keys sign, whatever stands in a query': async (world) => {
    const accessKey = `example_accessKey.${world.name}`
    const { certificates } = world.gateway({ accessKey, secretKey: 'example_secretKey' })
    await certificates.create({ name: 'Grüße & mehr+', newVersion: newVersion(world) })
    const { count } = await certificates.page({ filters: { search: 'grüße & MEHR+' } })
    equal(count, 1)
    const [call] = await world.calls('gateway', 'listCertificates')
    ok(
      call!.request.headers.some(([name]) => name.toLowerCase() === 'x-cnc-accesskey'),
      'the key has signed',
    )
  },
  'the native door takes signatures and keys, too': async (world) => {
    await uploaded(world, world.native())
  },
  'the header Date is sent as it was signed': async (world) => {
    const at = Date.now() - 60_000
    await world.native({ now: () => at }).certificates.page()
    const [call] = await world.calls('native', 'listCertificates')
    const [, date] = call!.request.headers.find(([name]) => name.toLowerCase() === 'date') ?? []
    equal(date, new Date(at).toUTCString())
  },
  'a wrong clock heals at the gateway': async (world) => {
    await uploaded(world, world.gateway({ now: late }))
    equal(
      (await world.calls('gateway', 'createCertificate')).map(({ status }) => status),
      [401, 201],
    )
    equal((await world.calls('gateway', 'getCertificateVersion')).length, 1)
  },
  'a wrong clock heals with access keys': async (world) => {
    const keys = { accessKey: `example_accessKey.${world.name}`, secretKey: 'example_secretKey' }
    await uploaded(world, world.gateway({ ...keys, now: late }))
  },
  'a wrong clock heals at the native door': async (world) => {
    await uploaded(world, world.native({ now: late }))
  },
  'a wrong key is refused': async (world) => {
    const error = await errorOf(world.gateway({ apiKey: 'wrong' }).certificates.page())
    equal([error.code, error.status], ['unauthorized', 401])
  },
}
