import { array, assert, constant, constantFrom, mixedCase, property, string, stringMatching, tuple } from 'fast-check'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { notesKey, notesUrl, setupNotes } from '../test-twin.ts'
import type { HeaderPair } from './entry.ts'
import { attributeOids } from '../x509/name.ts'
import { buildCsr } from '../x509/request.ts'
import { createMasking, masked } from './mask.ts'

const places = { headers: ['x-key'] }

function setup(headers: readonly HeaderPair[] = []) {
  return createMasking(places)(headers.flat())
}

const hexOf = (text: string): string => Buffer.from(text).toString('hex')
const percentEncoded = (text: string): string => hexOf(text).replaceAll(/../g, '%$&')
const inBase64 = (text: string, before: string, after: string): string =>
  Buffer.from(before + text + after).toString('base64')
const asSearch = (text: string): string => {
  const url = new URL('http://x/')
  url.search = `=${text}`
  return url.search.slice(2)
}
const escaped = (text: string): string =>
  Array.from(text, (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** Every way in which a text could be written that people or programs use. */
const spellings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'URL-encoded': encodeURIComponent,
  'URL-encoded, in lower case': (secret) => encodeURIComponent(secret).replaceAll(/%../g, (part) => part.toLowerCase()),
  'as a URL has it': (secret) => asSearch(secret),
  'URL-encoded, every byte': percentEncoded,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'in JSON, every character': escaped,
  'in hex': hexOf,
  'in hex, in capitals': (secret) => hexOf(secret).toUpperCase(),
  'in Base64': (secret) => inBase64(secret, '', ''),
  'in Base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
}

/** What a key looks like: no blanks, since a header is trimmed, and long enough to be one. */
const secretText = stringMatching(/^[!-~]{8,40}$/)

describe('the mask of a request', () => {
  it('hides the secret headers whole, whatever the case of their names, and those that HTTP has for secrets', () => {
    const { header } = setup()
    for (const name of ['x-key', 'X-Key', 'Authorization', 'Proxy-Authorization', 'X-Auth', 'Cookie', 'Set-Cookie'])
      expect(header(name, 'abc')).toBe('***')
    expect(header('x-other', 'abc')).toBe('abc')
  })

  it.each(Object.entries(spellings))('hides a secret %s, wherever it stands', (_, spell) => {
    const around = string({ maxLength: 10 })
    const hides = property(secretText, around, around, (secret, before, after) => {
      const { text, header } = setup([['X-Key', secret]])
      const spelled = spell(secret)
      for (const safe of [text(`${before}${spelled}${after}`), header('x-other', `${before}${spelled}${after}`)]) {
        expect(safe).toContain('***')
        expect(safe.replaceAll('***', '')).not.toContain(spelled)
      }
    })
    assert(hides)
  })

  it('hides a secret inside the Base64 of a longer text', () => {
    const around = string({ unit: constantFrom('a', ':', 'é'), maxLength: 7 })
    const hides = property(secretText, around, around, (secret, before, after) => {
      const { text } = setup([['x-key', secret]])
      const encoded = inBase64(secret, before, after)
      const kept = text(`{"token":"${encoded}"}`).replaceAll('***', ' ')
      const readable = kept.split(/[^\w+/=]/).map((part) => Buffer.from(part, 'base64').toString('latin1'))
      expect(readable.join(' ')).not.toContain(secret.slice(1, -1))
    })
    assert(hides)
  })

  it('hides the credentials of an authorization, and the password of a basic one', () => {
    const basic = inBase64('reader:swordfish', '', '')
    const { text } = setup([['authorization', `Basic ${basic}`]])
    expect(text(`${basic} swordfish ${hexOf('swordfish')} reader`)).toBe('*** *** *** reader')
    expect(setup([['AUTHORIZATION', 'Bearer some-token']]).text('is some-token known')).toBe('is *** known')
  })

  it('hides the parameters of an authorization that are called like a secret', () => {
    const { text } = setup([
      ['authorization', 'Some-HMAC Credential=reader-1, SignedHeaders=host;date, Signature="0a1b2c3d"'],
    ])
    expect(text(`reader-1 host;date 0a1b2c3d ${hexOf('0a1b2c3d')}`)).toBe('*** host;date *** ***')
    expect(setup([['authorization', 'Some-HMAC Signature=0a1b2c3d']]).text('0a1b2c3d')).toBe('***')
  })

  it('hides what is called like a secret, since a key gets into the wrong header easily', () => {
    const wrong: HeaderPair[] = [
      ['X-Api-Key', 'swordfish'],
      ['Some-Token', 'goldfish'],
      ['x-signature', 'jellyfish'],
    ]
    const { header, text } = setup(wrong)
    for (const [name, value] of wrong) expect(header(name, value)).toBe('***')
    expect(text('swordfish goldfish jellyfish')).toBe('*** *** ***')
    for (const name of ['www-authenticate', 'idempotency-key', 'x-monkey']) expect(header(name, 'known')).toBe('known')
  })

  it('hides in a header what it hides in a text', () => {
    const { header } = setup()
    expect(header('Referer', 'http://x/?api_key=swordfish')).toBe('http://x/?api_key=***')
    expect(header('x-note', '{"password":"swordfish"}')).toBe('{"password":"***"}')
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(header('x-note', privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'))).toBe('***')
  })

  it('hides every one of several headers of the same name', () => {
    const { text } = setup([
      ['x-key', 'first-secret'],
      ['X-KEY', 'second-secret'],
    ])
    expect(text('first-secret second-secret')).toBe('*** ***')
  })

  it('leaves texts alone in which no secret is, and secrets that could be any word', () => {
    const { text } = setup([['x-key', 'abc']])
    expect(text('abc 50% \\ {"name":"abc"}')).toBe('abc 50% \\ {"name":"abc"}')
  })

  it.each([
    ['{"password":"swordfish","x":1}', '{"password":"***","x":1}'],
    ['{"a":{"password" : "swordfish"}}', '{"a":{"password" : "***"}}'],
    [String.raw`{"password":"sword\"fish\\","x":1}`, '{"password":"***","x":1}'],
    ['{"password":"swordfi', '{"password":"***"'],
    ['{"password":"sword\\', '{"password":"***"'],
    ['{"password":12345678,"x":1}', '{"password":"***","x":1}'],
    ['password=swordfish&x=1', 'password=***&x=1'],
    ['http://x/?a=1&password=sword%20fish#top', 'http://x/?a=1&password=***#top'],
    ['{"X-Some-DevKey":"swordfish","x":1}', '{"X-Some-DevKey":"***","x":1}'],
    [
      '{"api_key":"swordfish","PRIVATEKEY":"a","PassWord":"b"}',
      '{"api_key":"***","PRIVATEKEY":"***","PassWord":"***"}',
    ],
    [
      'http://x/?apikey=swordfish&access-key=b&session_token=c',
      'http://x/?apikey=***&access-key=***&session_token=***',
    ],
    [String.raw`{"a":"{\"password\":\"sword\\\"fish\",\"x\":1}"}`, String.raw`{"a":"{\"password\":\"***\",\"x\":1}"}`],
    [String.raw`{"a":"{\"api_key\" : \"sword`, String.raw`{"a":"{\"api_key\" : \"***\"`],
    [
      'http://x/?filters[password]=swordfish&filters%5Btoken%5D=b',
      'http://x/?filters[password]=***&filters%5Btoken%5D=***',
    ],
    ['http://x/?api%5Fkey=swordfish;a=1&b=2', 'http://x/?api%5Fkey=***&b=2'],
    ['http://u:swordfish@x/y?z=https%3A//a@b', 'http://u:***@x/y?z=https%3A//a@b'],
    ['{"a":"https://:sword%20fish@x:8/","b":"http://x:80/a@b"}', '{"a":"https://:***@x:8/","b":"http://x:80/a@b"}'],
    ['http://x/?b=1;api_key=swordfish', 'http://x/?b=1;api_key=***'],
    ['{"key_size":2048,"monkey":"known","tokens":"known"}', '{"key_size":2048,"monkey":"known","tokens":"known"}'],
    ['{"passwords":"known","my password":1}', '{"passwords":"known","my password":1}'],
  ])('hides the value of a secret member: %s', (given, safe) => {
    expect(setup().text(given)).toBe(safe)
  })

  it('reads a member of a megabyte', () => {
    const large = JSON.stringify({ password: 'x\\"'.repeat(400_000), rest: 1 })
    expect(setup().text(large)).toBe('{"password":"***","rest":1}')
  })

  it.each([
    ['PKCS #8', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })],
    ['SEC 1', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' })],
    [
      'PKCS #1',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs1', format: 'pem' }),
    ],
    [
      'encrypted',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
        type: 'pkcs8',
        format: 'pem',
        cipher: 'aes-256-cbc',
        passphrase: 'x',
      }),
    ],
  ])('hides a private key in PEM anywhere and in any writing: %s', (_, exported) => {
    const pem = exported.toString().trim()
    const { text } = setup()
    const writings = {
      asItIs: pem,
      json: JSON.stringify(pem).slice(1, -1),
      url: encodeURIComponent(pem),
      form: new URLSearchParams({ a: pem }).toString().slice(2),
      dashes: encodeURIComponent(pem).replaceAll('-', '%2d'),
      base64: Buffer.from(pem).toString('base64'),
      base64url: Buffer.from(pem).toString('base64url'),
    }
    const safe = Object.values(writings).map((writing) => text(`before ${writing} after`))
    expect(safe).toEqual(safe.map(() => 'before *** after'))
    for (const writing of Object.values(writings))
      expect(text(`before ${writing.slice(0, writing.length / 2)}`)).toBe('before ***')
  })

  it('leaves certificates and public keys alone', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const encoded = Buffer.from(pem).toString('base64')
    expect(setup().text(`${pem}${encoded}`)).toBe(`${pem}${encoded}`)
  })
})

describe('the journal of a twin', () => {
  it('has none of the secrets of a request, in whichever places and spellings they came', async () => {
    const place = constantFrom('path', 'query', 'body', 'header')
    const uses = array(tuple(constantFrom(...Object.keys(spellings)), place), { minLength: 1, maxLength: 4 })
    const keyName = mixedCase(constant('x-key'))
    const hides = property(secretText, keyName, uses, (secret, name, used) => {
      const entry = recordOf(secret, name, used)
      for (const spell of Object.values(spellings)) expect(entry).not.toContain(spell(secret))
    })
    assert(hides)
    // The same through a whole twin, where headers, body and URL take their real ways.
    const { twin } = setupNotes()
    const request = new Request(`${notesUrl}?again=${notesKey}`, {
      method: 'POST',
      headers: { 'X-KEY': notesKey, 'x-other': `${notesKey}!`, cookie: 'session=chocolate' },
      body: JSON.stringify({ password: 'swordfish', note: notesKey, hex: hexOf(notesKey) }),
    })
    await twin.fetch(request)
    expect(twin.requests).toMatchObject([{ status: 201 }])
    const kept = JSON.stringify(twin.requests)
    for (const secret of [notesKey, hexOf(notesKey), 'swordfish', 'chocolate']) expect(kept).not.toContain(secret)
  })
})

/** What a mask leaves of a request that has a secret here and there. */
function recordOf(secret: string, keyName: string, used: readonly [spelling: string, place: string][]): string {
  const at = (place: string): string =>
    used.flatMap(([spelling, where]) => (where === place ? [spellings[spelling]!(secret)] : [])).join('~')
  const { header, text } = setup([[keyName, secret]])
  return [
    header(keyName, secret),
    header('x-other', at('header')),
    text(`http://notes.example/${at('path')}?${at('query')}`),
    text(JSON.stringify({ note: at('body') })),
    text(at('body')),
  ].join('\n')
}

describe('a private key in another coat', () => {
  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const ecPem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })

  it.each([String(pem), String(ecPem)])('is hidden however it is wrapped', (key) => {
    const bytes = Buffer.from(key)
    const der = Buffer.from(key.replaceAll(/-----.*-----|\n/g, ''), 'base64')
    const inLines = bytes.toString('base64').replaceAll(/.{76}/g, '$&\n')
    const coats = [
      inLines,
      JSON.stringify(inLines),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      Buffer.from(`x${key}`).toString('base64'),
      Buffer.from(JSON.stringify({ key })).toString('base64'),
      der.toString('base64'),
      der.toString('hex'),
      JSON.stringify({ odd: der.toString('base64') }),
    ]
    for (const coat of coats) {
      const safe = setup().text(`{"a":"before","k":"${coat}","z":"behind"}`)
      expect(safe).toContain(masked)
      expect(safe).toContain('before')
      // Nothing is left of what stands in the middle of the key.
      expect(safe).not.toContain(coat.slice(coat.length / 2, coat.length / 2 + 40))
    }
  })

  it.each([
    ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, ['pkcs8', 'sec1']],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey, ['pkcs8', 'sec1']],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey, ['pkcs8', 'sec1']],
    ['Ed25519', generateKeyPairSync('ed25519').privateKey, ['pkcs8']],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, ['pkcs8', 'pkcs1']],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey, ['pkcs8', 'pkcs1']],
  ] as const)('is hidden without a label, whatever its kind is: %s', (_, key, types) => {
    for (const type of types) {
      const der = key.export({ type, format: 'der' } as { type: 'pkcs8'; format: 'der' })
      const coats = [0, 1, 2].map((offset) => Buffer.concat([Buffer.alloc(offset), der]).toString('base64'))
      for (const coat of [...coats, der.toString('base64url'), der.toString('hex'), der.toString('hex').toUpperCase()])
        expect(setup().text(`{"odd":"${coat}"}`)).toBe('{"odd":"***"}')
    }
  })

  it('leaves requests for certificates alone', () => {
    const { text } = setup()
    const csr = buildCsr(
      [[{ oid: attributeOids.CN, value: 'a.example' }]],
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    )
    for (const innocent of [csr, Buffer.from(csr).toString('base64'), Buffer.from(csr).toString('hex')])
      expect(text(innocent)).toBe(innocent)
  })
})
