import { join } from 'node:path'
import { expect, it } from 'vitest'
import { serve } from './commands/command-process.ts'
import { cannotRun, run } from './programs.ts'

// The examples are run as a reader would run them, against the command, so that they stay true.

const examples = join(import.meta.dirname, '../../../examples')
const reason = cannotRun('bash', 'curl', 'openssl')

it.skipIf(reason)('the life of an order is as it is told', { timeout: 60_000 }, async () => {
  const { url } = await serve('mock-digicert')
  const { stdout, stderr } = await run('bash', [join(examples, 'digicert-life.sh'), url])
  expect(stdout.trim().split('\n')).toEqual([
    'placed: order 300001, request 332212',
    'approved: the order is issued',
    'duplicate: request 332213',
    'listed: certificate 987654323 is approved',
    'downloaded: 3 certificates, 3 of them in PKCS#7',
    'verified: leaf.pem: OK',
    'before: the list says OK',
    'responder: OK',
    'certificate: good',
    'after: the list says certificate revoked',
    'responder: OK',
    'certificate: revoked',
  ])
  expect(stderr).toBe('')
})

it.skipIf(reason).each([
  [{ kind: 'error', status: 500, operation: 'getOrder' }, 'placed: order 300001, request 332212'],
  [{ kind: 'reset', operation: 'getRevocationList' }, 'verified: leaf.pem: OK'],
])('the telling stops at the first surprise: %j', { timeout: 60_000 }, async (fault, last) => {
  const { url } = await serve('mock-digicert')
  const headers = { 'Content-Type': 'application/json' }
  const added = await fetch(`${url}/__mock/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
  expect(added.status).toBe(200)
  const told: unknown = await run('bash', [join(examples, 'digicert-life.sh'), url]).catch((error: unknown) => error)
  expect(told).toMatchObject({ code: expect.any(Number) as number })
  expect((told as { stdout: string }).stdout).toMatch(new RegExp(`${last}\n$`))
})

const env = { ...process.env, POLL_SECONDS: '0' }
const cdnProLife = [
  'uploaded: certificate <id>',
  'queried: version 1, ECC of 256 bits, live in staging false',
  'deployed: version 1 is live in staging',
  'deployed: version 1 is live in production',
  'renewed: version 2',
  'deployed: version 2 is live in production',
  'replaced: version 1 is live in staging true, in production false',
  'deleted: version 3, which was never live',
  'kept: version 2, VersionUsed',
  'kept: the certificate, CertificateInUse',
  'deleted: the certificate, InvalidCertId',
]
const withoutIds = (told: string): string[] =>
  told
    .trim()
    .replace(/\b[0-9a-f]{24}\b/, '<id>')
    .split('\n')

it.skipIf(reason)('the life of a certificate is as it is told', { timeout: 60_000 }, async () => {
  const { url } = await serve('mock-cdnpro', '--generation', 'current', '--lifecycle', '2')
  const { stdout, stderr } = await run('bash', [join(examples, 'cdnpro-life.sh'), url], { env })
  expect(withoutIds(stdout)).toEqual(cdnProLife)
  expect(stderr).toBe('')
})

it.skipIf(reason).each([
  ['current', 'faults', { kind: 'error', status: 500, operation: 'getDeploymentTask', after: 3 }, 3],
  ['current', 'actions/fail-next-tasks', { count: 1 }, 2],
  // This generation deletes no versions.
  ['2023', 'actions/finish-tasks', {}, 7],
])(
  'its telling stops at the first surprise, too: generation %s, %s %j',
  { timeout: 60_000 },
  async (generation, verb, body, lines) => {
    const { url } = await serve('mock-cdnpro', '--generation', generation, '--lifecycle', '2')
    const headers = { 'Content-Type': 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify(body) }
    expect((await fetch(`${url}/__mock/${verb}`, sent)).status).toBe(200)
    const args = [join(examples, 'cdnpro-life.sh'), url]
    const ended: unknown = await run('bash', args, { env }).catch((error: unknown) => error)
    expect(ended).toMatchObject({ code: expect.any(Number) as number })
    const seen = withoutIds((ended as { stdout: string }).stdout)
    expect(seen.slice(0, lines)).toEqual(cdnProLife.slice(0, lines))
    // Behind it stands at most what the twin said of it.
    expect(seen.length).toBeLessThan(lines + 2)
    expect(seen).not.toContain(cdnProLife[lines])
  },
)
