import { execFile, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { listen } from '../listen/listen.ts'
import { createTlsIdentity } from './identity.ts'
import { truststorePassword } from './java-truststore.ts'
import { writeTrustFiles } from './trust-files.ts'

const run = promisify(execFile)
const isJavaMissing = spawnSync('java', ['-version']).error !== undefined
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

function setup() {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'))
  folders.push(folder)
  const identity = createTlsIdentity({ hosts: ['api.example.com'] })
  return { folder, identity, files: writeTrustFiles(join(folder, 'deep', 'trust'), identity) }
}

describe('the files of an authority', () => {
  test('are its certificate as PEM and a truststore, in a folder that need not exist', () => {
    const { identity, files, folder } = setup()
    expect(readFileSync(files.ca, 'utf8')).toBe(identity.ca.pem)
    expect(readdirSync(join(folder, 'deep', 'trust')).toSorted()).toEqual(['ca.pem', 'truststore.jks'])
  })

  test('hold no private key', () => {
    const { files, identity } = setup()
    const { d } = identity.privateKey.export({ format: 'jwk' })
    const contents = Buffer.concat([readFileSync(files.ca), readFileSync(files.truststore)])
    expect(contents.includes('PRIVATE KEY')).toBe(false)
    expect(contents.includes(Buffer.from(d!, 'base64url'))).toBe(false)
  })

  test('are the same bytes for the same authority', () => {
    const { identity, files, folder } = setup()
    const again = writeTrustFiles(join(folder, 'again'), identity)
    expect(readFileSync(again.truststore).equals(readFileSync(files.truststore))).toBe(true)
  })
})

const untried = isJavaMissing ? ' (not tried with a JVM: Java is not installed)' : ''

test(`the truststore has the fields of a Java keystore with one trusted certificate${untried}`, () => {
  const { identity, files } = setup()
  const bytes = readFileSync(files.truststore)
  const der = Buffer.from(identity.ca.der)
  expect(bytes.subarray(0, 16).toString('hex')).toBe('feedfeed000000020000000100000002')
  expect(bytes.subarray(16, 30).toString('latin1')).toBe('\0\x0coffline-mock')
  expect(Number(bytes.readBigInt64BE(30))).toBe(Date.parse('2000-01-01T00:00:00Z'))
  expect(bytes.subarray(38, 45).toString('latin1')).toBe('\0\x05X.509')
  expect(bytes.readUInt32BE(45)).toBe(der.length)
  expect(bytes.subarray(49, -20).equals(der)).toBe(true)
})

describe.runIf(!isJavaMissing)('Java', () => {
  test('lists the truststore with keytool', { timeout: 20_000 }, async () => {
    const { identity, files } = setup()
    const { fingerprint256 } = new X509Certificate(identity.ca.der)
    const { stdout } = await run('keytool', ['-list', '-keystore', files.truststore, '-storepass', truststorePassword])
    expect(stdout).toContain(fingerprint256)
  })

  test('trusts the twin by its address and as a proxy', { timeout: 60_000 }, async () => {
    const { identity, files, folder } = setup()
    const { url, port, close } = await listen((request) => new Response(request.url), { tls: identity })
    const urls = [`${url}/notes`, 'https://api.example.com/notes']
    const trust = ['trustStore=' + files.truststore, 'trustStorePassword=' + truststorePassword]
    const options = [...trust.map((pair) => `-Djavax.net.ssl.${pair}`), '-Dhttps.proxyHost=127.0.0.1', `-Dhttps.proxyPort=${port}`] // prettier-ignore
    const source = join(folder, 'Ask.java')
    writeFileSync(source, program)
    const { stdout } = await run('java', [...options, source, ...urls])
    await close()
    expect(stdout.trim().split('\n')).toEqual(urls)
  })
})

const program = `
import java.net.*;
public class Ask {
  public static void main(String[] urls) throws Exception {
    for (String url : urls) {
      try (var body = URI.create(url).toURL().openStream()) { System.out.println(new String(body.readAllBytes())); }
    }
  }
}
`
