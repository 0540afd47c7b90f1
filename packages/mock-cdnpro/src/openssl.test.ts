import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encryptKey, setup } from './test-client.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
// On the build server the program has to be there: a skipped proof is no proof.
const isSkipped = !hasOpenssl && process.env['CI'] === undefined

describe.skipIf(isSkipped)('certificates and keys of openssl (skipped where the program is missing)', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cdnpro-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const openssl = (...parameters: string[]): string =>
    execFileSync('openssl', parameters, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const file = (name: string): string => readFileSync(join(folder, name), 'utf8')

  test.each([
    ['rsa', ['-newkey', 'rsa:2048'], 'sha256', { algorithm: 'RSA', keyLength: 2048, signatureAlgo: 'SHA256withRSA' }],
    [
      'rsa4096',
      ['-newkey', 'rsa:4096'],
      'sha384',
      { algorithm: 'RSA', keyLength: 4096, signatureAlgo: 'SHA384withRSA' },
    ],
    [
      'p256',
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      'sha256',
      { algorithm: 'ECC', keyLength: 256, signatureAlgo: 'SHA256withECDSA' },
    ],
    [
      'p384',
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
      'sha384',
      { algorithm: 'ECC', keyLength: 384, signatureAlgo: 'SHA384withECDSA' },
    ],
    [
      'p521',
      ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
      'sha224',
      { algorithm: 'ECC', keyLength: 521, signatureAlgo: 'SHA224withECDSA' },
    ],
  ])('%s: what the twin shows is what openssl says', async (name, newKey, hash, members) => {
    const subject = String.raw`/C=DE/O=Example, Inc. \+ Sons/CN=${name}.example.com`
    const names = 'subjectAltName=DNS:one.example.com,DNS:*.two.example.com,IP:192.0.2.1'
    const target = ['-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '30']
    openssl('req', '-x509', ...newKey, `-${hash}`, '-nodes', '-subj', subject, '-addext', names, ...target)
    const { call, create, date } = setup()

    const privateKey = encryptKey(file(`${name}.key`), date())
    const id = await create({ name, newVersion: { certificate: file(`${name}.pem`), privateKey } })

    const said = (option: string): string => openssl('x509', '-in', `${name}.pem`, '-noout', ...option.split(' '))
    const afterSign = (text: string): string => text.slice(text.indexOf('=') + 1).trim()
    const { json } = await call(`/cdn/certificates/${id}/versions/1`)
    expect(json).toMatchObject({
      ...members,
      serialNumber: afterSign(said('-serial')).toLowerCase().replace(/^0+/, ''),
      fingerprint: afterSign(said('-fingerprint -sha1')).toLowerCase().replaceAll(':', ''),
      expirationTime: new Date(afterSign(said('-enddate'))).toISOString().replace('.000Z', 'Z'),
      subject: String.raw`C=DE,O=Example\, Inc. \+ Sons,CN=${name}.example.com`,
      subjectAlternativeNames: ['one.example.com', '*.two.example.com'],
    })
  })

  test('a chain is shown whatever it is signed with', async () => {
    const { call, create, date } = setup()
    const make = (name: string, ...options: string[]): string =>
      openssl('req', '-x509', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, ...options)
    const certificate = make('leaf', '-newkey', 'rsa:2048')
    const old = ['md5', 'sha224'].map((hash) => make(hash, '-newkey', 'rsa:2048', `-${hash}`))
    const chainCert = [make('ed25519', '-newkey', 'ed25519'), ...old].join('')
    const privateKey = encryptKey(file('leaf.key'), date())
    const id = await create({ name: 'x', newVersion: { certificate, chainCert, privateKey } })
    expect((await call(`/cdn/certificates/${id}/versions/1`)).json).toMatchObject({
      chainCertificates: [
        { subject: 'CN=ed25519', signatureAlgo: 'Ed25519' },
        { subject: 'CN=md5', signatureAlgo: 'MD5withRSA' },
        { subject: 'CN=sha224', signatureAlgo: 'SHA224withRSA' },
      ],
    })
  })

  test.each(['prime256v1', 'secp384r1'])('a pair on %s fits however either half is written', async (curve) => {
    openssl('ecparam', '-name', curve, '-genkey', '-noout', '-out', `${curve}.key`)
    const written = ['uncompressed', 'compressed', 'hybrid'].flatMap((form) =>
      ['named_curve', 'explicit'].map((encoding) =>
        openssl('ec', '-in', `${curve}.key`, '-conv_form', form, '-param_enc', encoding),
      ),
    )
    expect(new Set(written).size).toBe(6)
    const { create, date } = setup()
    for (const [index, pem] of written.entries()) {
      writeFileSync(join(folder, 'signer.key'), pem)
      const certificate = openssl('req', '-x509', '-new', '-key', 'signer.key', '-subj', '/CN=x')
      const privateKey = encryptKey(written.at(index - 1)!, date())
      await expect(create({ name: `${index}`, newVersion: { certificate, privateKey } })).resolves.toHaveLength(24)
    }
  })

  test('a key that openssl encrypted on the command line is decrypted', async () => {
    const { create, date } = setup()
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=x', '-keyout', 'x.key', '-out', 'x.pem')
    writeFileSync(join(folder, 'date'), date())
    const hex = afterLast(openssl('dgst', '-sha256', '-hmac', 'example_apiKey', '-hex', 'date'))
    const [iv, key] = [hex.slice(0, 32), hex.slice(32)]
    const privateKey = openssl('enc', '-aes-128-cbc', '-e', '-a', '-in', 'x.key', '-K', key, '-iv', iv)
    await expect(create({ name: 'x', newVersion: { certificate: file('x.pem'), privateKey } })).resolves.toHaveLength(
      24,
    )
  })
})

function afterLast(text: string): string {
  return text.trim().split(' ').at(-1) ?? ''
}
