import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDigicertMock, type DigicertMockOptions } from '@certtwin/mock-digicert'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cannotRun, run, temporaryFolder } from './programs.ts'

// Revocations over the wire, judged by openssl. It compares dates with the wall clock, so the twin lives on it.

const reason = cannotRun('openssl')
const headers = { 'X-DC-DEVKEY': 'MOCKKEYADMIN', 'Content-Type': 'application/json' }

/** Certificates of both issuers: one that stays valid, and one that is to be revoked. */
const issuers = [
  { name: 'the usual issuer', good: 100101, bad: 100102, foreign: 987654320, list: '/crl/default.crl' },
  { name: 'the issuer of EV', good: 987654320, bad: 987654322, foreign: 100101, list: '/crl/default/1006.crl' },
]

async function setup({ tls, ...options }: DigicertMockOptions & { readonly tls?: true } = {}) {
  const folder = temporaryFolder()
  const mock = createDigicertMock(options)
  const identity = tls && (await import('@certtwin/mock-kit/tls')).createTlsIdentity({ hosts: ['www.digicert.com'] })
  const { port, close } = await mock.listen(identity && { tls: identity })
  onTestFinished(close)
  const origin = `http://127.0.0.1:${port}`
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${origin}/services/v2${path}`, { headers, ...init })
  const save = async (name: string, text: string | Uint8Array): Promise<void> => writeFile(join(folder, name), text)
  /** The certificate as `<id>.pem`, its issuers as ca.pem and root.pem. */
  const download = async (id: number): Promise<void> => {
    const text = await (await call(`/certificate/${id}/download/format/pem_all`)).text()
    const [leaf = '', ca = '', root = ''] = text.split(/(?=-----BEGIN)/)
    await Promise.all([save(`${id}.pem`, leaf), save('ca.pem', ca), save('root.pem', root)])
  }
  const revoke = async (id: number): Promise<void> => {
    const body = JSON.stringify({ skip_approval: true, revocation_reason: 'key_compromise' })
    expect((await call(`/certificate/${id}/revoke`, { method: 'PUT', body })).status).toBe(204)
  }
  /** What openssl says on both streams, whatever its exit status. */
  const openssl = async (...args: string[]): Promise<string> => {
    const said = await run('openssl', args, { cwd: folder }).catch((error: { stdout: string; stderr: string }) => error)
    return said.stdout + said.stderr
  }
  const fetchList = async (path: string): Promise<void> =>
    save('list.crl', new Uint8Array(await (await fetch(`${origin}${path}`)).arrayBuffer()))
  return { mock, origin, call, download, revoke, openssl, fetchList }
}

type World = Awaited<ReturnType<typeof setup>>

/** A duplicate of the EV order, which gets the id 987654322 after the reserved one. */
async function addDuplicates({ call }: World): Promise<void> {
  const certificate = { common_name: 'www.digicert.com', csr: '<csr>', signature_hash: 'sha256' }
  const body = JSON.stringify({ certificate })
  for (let count = 0; count < 2; count++)
    expect((await call('/order/certificate/1234567/duplicate', { method: 'POST', body })).status).toBe(201)
}

const note = reason === undefined ? '' : ` (skipped: ${reason})`
describe.skipIf(reason !== undefined)(`a revocation, judged by openssl${note}`, () => {
  it.each(issuers)('is on the list of $name, which verifies', async ({ good, bad, list }) => {
    const world = await setup()
    await addDuplicates(world)
    await world.revoke(bad)
    await world.download(good)
    await world.download(bad)
    await world.fetchList(list)
    const printed = await world.openssl(
      'crl',
      '-in',
      'list.crl',
      '-inform',
      'DER',
      '-noout',
      '-text',
      '-CAfile',
      'ca.pem',
    )
    expect(printed).toContain('verify OK')
    expect(printed).toMatch(/Reason Code:\s+Key Compromise/)
    const trust = ['-CAfile', 'root.pem', '-untrusted', 'ca.pem']
    const verify = (id: number): Promise<string> =>
      world.openssl('verify', '-crl_check', '-CRLfile', 'list.crl', ...trust, `${id}.pem`)
    expect(await verify(good)).toBe(`${good}.pem: OK\n`)
    expect(await verify(bad)).toContain('certificate revoked')
  })

  it('is found by the address that the certificate names', async () => {
    const world = await setup()
    await world.download(100106)
    const verify = ['verify', '-crl_check', '-crl_download', '-CAfile', 'root.pem', '-untrusted', 'ca.pem']
    expect(await world.openssl(...verify, '100106.pem')).toContain('certificate revoked')
    await world.download(100101)
    expect(await world.openssl(...verify, '100101.pem')).toBe('100101.pem: OK\n')
  })

  it.each(issuers)('is what the responder says of a certificate of $name', async ({ good, bad, foreign }) => {
    const world = await setup()
    await addDuplicates(world)
    await world.revoke(bad)
    await world.download(foreign)
    await world.download(good)
    await world.download(bad)
    const uri = (await world.openssl('x509', '-in', `${good}.pem`, '-noout', '-ocsp_uri')).trim()
    expect(uri).toBe(`${world.origin}/ocsp/default`)
    const trust = ['-CAfile', 'root.pem', '-verify_other', 'ca.pem']
    const about = ['-issuer', 'ca.pem', '-cert', `${good}.pem`, '-cert', `${bad}.pem`, '-serial', '0x77']
    const serial = (await world.openssl('x509', '-in', `${foreign}.pem`, '-noout', '-serial')).trim().slice(7)
    const said = await world.openssl('ocsp', ...about, '-serial', `0x${serial}`, '-url', uri, ...trust)
    expect(said).toContain('Response verify OK')
    expect(said).toContain(`${good}.pem: good`)
    expect(said).toContain(`${bad}.pem: revoked`)
    expect(said).toContain('Reason: keyCompromise')
    expect(said).toContain('0x77: unknown')
    expect(said).toContain(`0x${serial}: unknown`)
    expect(said).not.toContain('WARNING')
  })

  it('is told on plain HTTP also where the twin serves TLS', async () => {
    const world = await setup({ tls: true })
    await world.download(100106)
    const uri = (await world.openssl('x509', '-in', '100106.pem', '-noout', '-ocsp_uri')).trim()
    expect(uri).toBe(`${world.origin}/ocsp/default`)
    const trust = ['-CAfile', 'root.pem', '-verify_other', 'ca.pem']
    const said = await world.openssl('ocsp', '-issuer', 'ca.pem', '-cert', '100106.pem', '-url', uri, ...trust)
    expect(said).toContain('Response verify OK')
    expect(said).toContain('100106.pem: revoked')
    const verify = ['verify', '-crl_check', '-crl_download', '-CAfile', 'root.pem', '-untrusted', 'ca.pem']
    expect(await world.openssl(...verify, '100106.pem')).toContain('certificate revoked')
  })

  it('is told with its time, and for a week from when somebody asks', async () => {
    const world = await setup()
    await world.download(100101)
    const revokedMs = world.mock.clock.now() - (world.mock.clock.now() % 1000)
    world.mock.moveClock({ now: revokedMs, running: false })
    await world.revoke(100101)
    world.mock.advance('2d')
    /** In days after the revocation. */
    const timesIn = (text: string): number[] =>
      Array.from(
        text.matchAll(/(?:Update|Time|Date): (.* GMT)/g),
        ([, time = '']) => Math.round((Date.parse(time) - revokedMs) / 864_000) / 100,
      )
    const about = ['-issuer', 'ca.pem', '-cert', '100101.pem', '-url', `${world.origin}/ocsp/default`]
    expect(timesIn(await world.openssl('ocsp', ...about, '-noverify'))).toEqual([2, 9, 0])
    await world.fetchList('/crl/default.crl')
    const [issued, next, ...revoked] = timesIn(
      await world.openssl('crl', '-in', 'list.crl', '-inform', 'DER', '-noout', '-text'),
    )
    expect([issued, next]).toEqual([2, 9])
    expect(revoked.toSorted((one, other) => other - one)).toEqual([0, -20])
  })

  it('follows the clock of the twin', async () => {
    const world = await setup()
    await world.download(100101)
    world.mock.advance('30d')
    await world.revoke(100101)
    await world.fetchList('/crl/default.crl')
    const verify = ['verify', '-crl_check', '-CRLfile', 'list.crl', '-CAfile', 'root.pem', '-untrusted', 'ca.pem']
    expect(await world.openssl(...verify, '100101.pem')).toContain('CRL is not yet valid')
    const later = String(Math.floor(world.mock.clock.now() / 1000) + 60)
    expect(await world.openssl(...verify, '-attime', later, '100101.pem')).toContain('certificate revoked')
  })
})
