import { expect, it } from 'vitest'
import { immediate, setup } from './test-world.ts'

const paths = ['/', '/page.js', '/api/runs', '/api/runs/1/events', '/api/versions', '/nowhere']

const foreign: readonly (readonly [what: string, headers: Record<string, string>, sentence: RegExp])[] = [
  ['a host name that points here', { Host: 'evil.example:4000' }, /does not answer to that host name/],
  ['a host name that begins like loopback', { Host: '127.0.0.1.evil.example' }, /does not answer to that host name/],
  ['a host name that begins like localhost', { Host: 'localhost.evil.example' }, /does not answer to that host name/],
  ['a host with a user in it', { Host: 'evil.example@127.0.0.1' }, /does not answer to that host name/],
  ['no host name', { Host: '' }, /does not answer to that host name/],
  ['an address of another network', { Host: '192.168.0.7:4000' }, /does not answer to that host name/],
  ['another origin', { Origin: 'https://evil.example' }, /not to one from another origin/],
  ['another port of this machine', { Origin: 'http://127.0.0.1:4010' }, /not to one from another origin/],
  ['an origin that is hidden', { Origin: 'null' }, /not to one from another origin/],
  ['a page of another site', { 'Sec-Fetch-Site': 'cross-site' }, /type it into the browser/],
  ['a page of the same site', { 'Sec-Fetch-Site': 'same-site' }, /type it into the browser/],
]

it.each(foreign)('refuses %s, whatever it asks for', async (_what, headers, sentence) => {
  const { get, post } = setup()
  const answers = [
    ...(await Promise.all(paths.map((path) => get(path, headers)))),
    await post('/api/runs', {}, headers),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
  for (const answer of answers) expect(await answer.json()).toEqual({ error: expect.stringMatching(sentence) })
})

it.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
])('refuses to write what is %j and starts nothing', async (type) => {
  const { get, post } = setup()
  const answer = await post('/api/runs', immediate, { 'Content-Type': type })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toEqual({ error: 'Send JSON, with the content type application/json.' })
  expect(await (await get('/api/runs')).json()).toEqual([])
})

it.each(['127.0.0.1:4000', '127.0.0.1', '127.9.9.9:1', 'localhost:4000', 'LOCALHOST', '[::1]:4000'])(
  'answers to %s',
  async (host) => {
    expect((await setup().get('/', { Host: host })).status).toBe(200)
  },
)

it('answers to a host name that is configured, on any port, and from its origin', async () => {
  const { get } = setup({ hostNames: ['certs.example.net'] })
  const headers = { Host: 'certs.example.net:8443', Origin: 'https://certs.example.net:8443' }
  expect((await get('/', headers)).status).toBe(200)
  expect((await get('/', { Host: 'other.example.net' })).status).toBe(403)
})

it('answers to its own page and to an address that is typed', async () => {
  const { get, post } = setup()
  const own = { Origin: 'http://127.0.0.1:4000', 'Sec-Fetch-Site': 'same-origin' }
  expect((await get('/api/runs', own)).status).toBe(200)
  expect((await get('/', { 'Sec-Fetch-Site': 'none' })).status).toBe(200)
  expect((await post('/api/runs', {}, own)).status).toBe(400)
})

it('every answer forbids what the page does not need', async () => {
  const { get } = setup()
  for (const answer of [await get('/'), await get('/api/runs'), await get('/', { Host: 'evil.example' })]) {
    expect(answer.headers.get('Content-Security-Policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "img-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer')
  }
})
