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
