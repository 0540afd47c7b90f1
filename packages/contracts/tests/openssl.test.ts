import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDigicertClient } from '@certtwin/core'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { describe, expect, it } from 'vitest'
import { cannotRun, run, temporaryFolder } from './programs.ts'

// A duplicate for a key that openssl made, judged by openssl. It compares dates with the wall clock, so the twin lives on it.

const reason = cannotRun('openssl')
const keys: readonly (readonly [name: string, options: readonly string[]])[] = [
  ['RSA-2048', ['rsa:2048']],
  ['RSA-4096', ['rsa:4096']],
  ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
]
const cases = keys.flatMap(([name, options]) => ['sha256', 'sha384', 'sha512'].map((hash) => ({ name, options, hash })))

async function setup(options: readonly string[]) {
  const folder = temporaryFolder()
  const openssl = async (...args: string[]): Promise<string> => (await run('openssl', args, { cwd: folder })).stdout
  await openssl(
    'req',
    '-new',
    '-newkey',
    ...options,
    '-nodes',
    '-keyout',
    'key.pem',
    '-out',
    'csr.pem',
    '-subj',
    '/CN=any',
  )
  const mock = createDigicertMock()
  const client = createDigicertClient({ apiKey: mock.accounts[0].apiKey, fetch: mock.fetch })
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
  return { openssl, client, write }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

const note = reason === undefined ? '' : ` (skipped: ${reason})`
// A large RSA key may take openssl several seconds.
describe.skipIf(reason !== undefined)(`a duplicate, judged by openssl${note}`, { timeout: 60_000 }, () => {
  it.each(cases)(
    'verifies for $name with $hash, has the key of the CSR and the requested names',
    async ({ options, hash }) => {
      const { openssl, client, write } = await setup(options)
      const csr = await openssl('req', '-in', 'csr.pem')
      const names = { common_name: 'a.example.net', dns_names: ['b.example.org'] }
      const duplicate = await client.duplicates.create(100002, {
        certificate: { ...names, csr, signature_hash: hash },
      })
      if (duplicate.state !== 'issued') throw new Error(duplicate.state)
      const [leaf, intermediate, root] = duplicate.certificate_chain.map(({ pem }) => pem)
      await Promise.all([write('leaf.pem', leaf!), write('intermediate.pem', intermediate!), write('root.pem', root!)])

      const verdict = await openssl(
        'verify',
        '-x509_strict',
        '-CAfile',
        'root.pem',
        '-untrusted',
        'intermediate.pem',
        'leaf.pem',
      )
      expect(verdict).toBe('leaf.pem: OK\n')
      const asked = await openssl('req', '-in', 'csr.pem', '-noout', '-pubkey')
      expect(digest(await openssl('x509', '-in', 'leaf.pem', '-noout', '-pubkey'))).toBe(digest(asked))
      const text = await openssl('x509', '-in', 'leaf.pem', '-noout', '-text')
      expect(text).toContain(`Signature Algorithm: ${hash}WithRSAEncryption`)
      expect(text).toMatch(/DNS:a\.example\.net, DNS:b\.example\.org$/m)
    },
  )
})
