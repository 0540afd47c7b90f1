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
