import { createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type CommandName, fileWith, type Served, serve, stop } from './commands/command-process.ts'
import { createCertificateMaterial } from './material.ts'
import { temporaryFolder } from './programs.ts'
import { keyHeaders, keySignature, seal, sign } from './signing.ts'

// Secrets in flight, where they belong and where they do not, and then everything searched that a twin shows or leaves behind.

const apiKey = 'canary+key/of=DigiCert.7531'
const signingKey = 'canary+key/of=CDNPro.8642'
const { certificate, privateKey } = createCertificateMaterial(['canary.example'], undefined, {
  type: 'rsa',
  bits: 2048,
})

/** Lines of the key's Base64 behind the modulus, which the certificate has too. */
const keyMatter = privateKey.split('\n').slice(12, 16)

/** A part of the key's DER that the certificate has not, in the spellings that it may be met in, wherever a group of them begins. */
const der = createPrivateKey(privateKey).export({ type: 'pkcs8', format: 'der' })
const secretOctets = der.subarray(-240, -200)
const derMatter = [
  secretOctets.toString('latin1'),
  secretOctets.toString('hex').toUpperCase(),
  ...[0, 1, 2].map((shift) => secretOctets.subarray(shift, shift + 36).toString('base64')),
]

/** The spellings that nothing may show. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const base64 = bytes.toString('base64').replace(/=+$/, '')
  return [secret, base64, bytes.toString('base64url'), bytes.toString('hex'), encodeURIComponent(secret)]
}

/** What of a running twin can be seen: its control plane in all forms, and its page. */
async function shownBy({ told: { control } }: Served): Promise<Record<string, string>> {
  const paths = ['/requests', '/requests?as=har', '/requests?as=curl', '/state', '/worlds', '/settings', '/faults', '/']
  const read = async (path: string): Promise<readonly [string, string]> => [
    path,
    await (await fetch(`${control}${path}`)).text(),
  ]
  return Object.fromEntries(await Promise.all(paths.map(read)))
}

/** What a twin leaves behind: all that it said, and the files beside its data file. */
async function leftBy(twin: Served, folder: string): Promise<Record<string, string>> {
  const { status, stdout, stderr } = await stop(twin)
  expect(status).toBe(0)
  expect(readdirSync(folder)).toContain('twin.db')
  const beside = readdirSync(folder).filter((file) => !/^twin\.db(-wal|-shm)?$/.test(file))
  const files = beside.map((file) => [file, readFileSync(join(folder, file), 'latin1')] as const)
  return { stdout, stderr, ...Object.fromEntries(files) }
}

function expectNothing(shown: Record<string, string>, secrets: readonly string[]): void {
  for (const [place, text] of Object.entries(shown))
    for (const spelling of secrets.flatMap(spellingsOf))
      expect(text.includes(spelling), `${spelling} in ${place}`).toBe(false)
}

async function setup(name: CommandName, seed: object): Promise<{ twin: Served; folder: string }> {
  const folder = temporaryFolder()
  const flags = ['--data', join(folder, 'twin.db'), '--log-requests', '--accounts', 'open']
  return { twin: await serve(name, '--seed-file', fileWith(seed), ...flags), folder }
}

it('shows no key of the DigiCert twin, wherever it was put', { timeout: 60_000 }, async () => {
  const { twin, folder } = await setup('mock-digicert', { apiKeys: [{ apiKey, userId: 125039 }] })
  const other = 'canary+key/of+nobody.9753'
  const url = `${twin.told.service}/order/certificate/100003/duplicate`
  const statuses: number[] = []
  for (const each of [apiKey, other, `${apiKey}.abc`]) {
    const headers = { 'X-DC-DEVKEY': each, 'Content-Type': 'application/json', Referer: `https://x.example/${each}` }
    const query = `?key=${encodeURIComponent(each)}&raw=${Buffer.from(each).toString('hex')}`
    statuses.push((await fetch(`${url}${query}`, { headers })).status)
    const body = JSON.stringify({ comments: each, certificate: { csr: privateKey, common_name: each } })
    statuses.push((await fetch(url, { method: 'POST', headers, body })).status)
  }
  expect(statuses).toEqual([200, 400, 200, 400, 200, 400])
  const shown = await shownBy(twin)
  expect(shown['/requests']).toContain('***')
  const left = await leftBy(twin, folder)
  expect(left['stderr']).toContain('requestDuplicate')
  expectNothing({ ...shown, ...left }, [apiKey, other, ...keyMatter])
})

it('shows no key, no password and no private key of the CDN Pro twin', { timeout: 60_000 }, async () => {
  const user = { username: 'canary_user', apiKey: signingKey, customerId: 20_001_001 }
  const versions = [{ certificate, privateKey }]
  const planted = { id: '00000000000000000000aa01', customerId: 20_001_001, name: 'planted', versions }
  const { twin, folder } = await setup('mock-cdnpro', { users: [user], certificates: [planted] })
  const date = new Date().toUTCString()
  const signed = sign('canary_user', signingKey, date)
  const password = Buffer.from(signed['Authorization']!.slice('Basic '.length), 'base64').toString().split(':')[1]!
  const sealed = seal(privateKey, signingKey, date)
  const send = (headers: Record<string, string>, sent: string, query = ''): Promise<Response> =>
    fetch(`${twin.told.service}/cdn/certificates${query}`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: `canary ${sent.length}`, newVersion: { certificate, privateKey: sent } }),
    })
  const statuses = [
    (await send(signed, sealed)).status,
    (await send(signed, privateKey)).status, // by mistake as it is
    (await send(signed, sealed, `?password=${encodeURIComponent(password)}`)).status,
    (
      await send(
        { Date: date, Authorization: `Basic ${Buffer.from(`canary_user:${signingKey}`).toString('base64')}` },
        sealed,
      )
    ).status,
  ]
  expect(statuses).toEqual([201, 400, 409, 401])
  const seed = (version: object): Promise<Response> =>
    fetch(`${twin.told.control}/seed`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ certificates: [{ ...planted, versions: [version] }] }),
    })
  const other = createCertificateMaterial(['other.example'], undefined, { type: 'rsa', bits: 2048 })
  const refused = await seed({ certificate: other.certificate, privateKey })
  expect([(await seed(versions[0]!)).status, refused.status]).toEqual([204, 400])
  const request = await fetch(`${twin.told.service}/cdn/certificates/${planted.id}/csr`, { headers: signed })
  const told = { refused: await refused.text(), request: await request.text() }
  expect(request.status).toBe(200)
  const secrets = [signingKey, password, sealed.slice(0, 64), ...keyMatter, ...derMatter]
  const shown = await shownBy(twin)
  expect(shown['/requests']).toContain('***')
  const left = await leftBy(twin, folder)
  expect(left['stderr']).toContain('createCertificate')
  expectNothing({ ...told, ...shown, ...left }, secrets)
  // It is remembered there, where nobody else may read.
  const data = join(folder, 'twin.db')
  expect(readFileSync(data, 'latin1')).toContain(keyMatter[0])
  expect(statSync(data).mode & 0o777).toBe(0o600)
})

it('shows no secret key of the CDN Pro twin, wherever it was put', { timeout: 60_000 }, async () => {
  const keys = { accessKey: 'canary-access-key.1357', secretKey: 'canary+secret/of=CDNPro.9742' }
  const user = { username: 'canary_user', apiKey: signingKey, customerId: 20_001_001, ...keys }
  const { twin, folder } = await setup('mock-cdnpro', { users: [user] })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const path = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d'
  const signing = {
    ...keys,
    timestamp,
    method: 'GET',
    path,
    query: '',
    contentType: 'application/json',
    host: 'open.chinanetcenter.com',
    body: '',
  }
  const signature = keySignature(signing).toString('hex')
  const right = keyHeaders(signing, signature)
  const send = async (headers: Record<string, string>, query = ''): Promise<number> =>
    (await fetch(`${twin.told.service}${path}${query}`, { headers })).status
  const spoken = `?note=${encodeURIComponent(keys.secretKey)}&raw=${Buffer.from(keys.secretKey).toString('hex')}`
  const statuses = [
    await send(right),
    await send(keyHeaders(signing, keys.secretKey), spoken),
    await send(keyHeaders({ accessKey: keys.secretKey, timestamp }, signature), spoken),
    await send({ ...right, 'x-cnc-accessKey': keys.secretKey }, spoken),
    await send({ ...right, 'x-cnc-secretKey': keys.secretKey }, spoken),
    await send({ ...right, 'x-cnc-timestamp': '1' }, `?secretKey=${encodeURIComponent(keys.secretKey)}`),
  ]
  expect(statuses).toEqual([200, 462, 462, 462, 462, 462])
  const shown = await shownBy(twin)
  expect(shown['/requests']).toContain('***')
  const left = await leftBy(twin, folder)
  expect(left['stderr']).toContain('getCertificate')
  expectNothing({ ...shown, ...left }, [keys.secretKey, signature])
})
