// Calls of a client over a `fetch` that answers at once: what a client costs beside what it carries.
interface Job {
  readonly warmUpMs: number
  readonly sampleMs: number
}
type Call = () => Promise<unknown>
type Fetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>
type Method = 'GET' | 'POST'

const [subject, method] = process.argv.slice(2) as [string, Method]

const answers: Readonly<Record<Method, { readonly status: number; readonly body: string }>> = {
  GET: {
    status: 200,
    body: JSON.stringify({
      version: 1,
      expirationTime: '2019-11-21T23:06:53Z',
      creationTime: '2019-11-11T23:06:53Z',
      subject: 'CN=new.testdomain.com',
      signatureAlgo: 'SHA256withRSA',
      inProduction: false,
      inStaging: false,
      fingerprint: '7e98f65898cbb5ddb140958a657d875bce49afac',
    }),
  },
  POST: { status: 201, body: JSON.stringify({ id: 112233, requests: [{ id: 332211 }] }) },
}
const { status, body: answer } = answers[method]
const stub: Fetch = async () =>
  new Response(answer, {
    status,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(answer.length) },
  })

// In the place of the platform's own, which is what clients take unless they are given another.
globalThis.fetch = stub

const origins = { GET: 'https://open.chinanetcenter.com', POST: 'https://www.digicert.com/services/v2' } as const
const paths = { GET: '/cdn/certificates/abc/versions/1', POST: '/order/certificate/112233/duplicate' } as const
const templates = {
  GET: '/cdn/certificates/{certificateId}/versions/{version}',
  POST: '/order/certificate/{order_id}/duplicate',
} as const
const parameters = { GET: { certificateId: 'abc', version: 1 }, POST: { order_id: 112_233 } } as const
const [origin, url] = [origins[method], `${origins[method]}${paths[method]}`]
const request = { certificate: { common_name: 'example.com', csr: 'MII', signature_hash: 'sha256' } }
const json = { 'Content-Type': 'application/json' }

interface Modules {
  readonly certtwin: {
    readonly createCdnProClient: (options: object) => {
      versions: { get(id: string, version: number): Promise<unknown> }
    }
    readonly createDigicertClient: (options: object) => {
      duplicates: { create(id: number, body: object): Promise<unknown> }
    }
  }
  readonly openapiFetch: {
    readonly default: (options: object) => Record<Method, (path: string, init: object) => Promise<unknown>>
  }
  readonly ky: { readonly default: (url: string, options: object) => { json(): Promise<unknown> } }
  readonly axios: {
    readonly default: { create(options: object): { request(options: object): Promise<{ data: unknown }> } }
  }
  readonly ofetch: { readonly ofetch: (url: string, options: object) => Promise<unknown> }
}

/** By its name alone: what is measured is not installed when types are checked. */
async function load<Name extends keyof Modules>(_name: Name, module: string): Promise<Modules[Name]> {
  return (await import(module)) as Modules[Name]
}

const makers: Readonly<Record<string, () => Promise<Call>>> = {
  async bare() {
    const init = method === 'GET' ? { headers: { a: 'b' } } : { method, headers: json }
    return async () => {
      const sent = method === 'GET' ? init : { ...init, body: JSON.stringify(request) }
      return (await stub(url, sent)).json()
    }
  },
  async certtwin() {
    const { createCdnProClient, createDigicertClient } = await load('certtwin', '@certtwin/core')
    const windows = [{ limit: 1_000_000, windowMs: 100 }] // those of the vendors would make it wait
    const options = { apiKey: 'key', rateLimit: { windows } }
    const cdnpro = createCdnProClient({ username: 'user', ...options })
    const digicert = createDigicertClient(options)
    return method === 'GET' ? () => cdnpro.versions.get('abc', 1) : () => digicert.duplicates.create(112_233, request)
  },
  /** A second later each time, so that no signature is remembered. */
  async 'certtwin, signing anew'() {
    const { createCdnProClient } = await load('certtwin', '@certtwin/core')
    let nowMs = 0
    const now = (): number => (nowMs += 1000)
    const client = createCdnProClient({ username: 'user', apiKey: 'key', rateLimit: false, now })
    return () => client.versions.get('abc', 1)
  },
  async 'WebCrypto alone'() {
    const { subtle } = crypto
    const encoder = new TextEncoder()
    const hmac = { name: 'HMAC', hash: 'SHA-1' }
    return async () => {
      const key = await subtle.importKey('raw', encoder.encode('key'), hmac, false, ['sign'])
      return subtle.sign('HMAC', key, encoder.encode('Tue, 04 Apr 2023 12:53:25 GMT'))
    }
  },
  async 'openapi-fetch'() {
    const { default: createClient } = await load('openapiFetch', 'openapi-fetch')
    const client = createClient({ baseUrl: origin })
    const init = { params: { path: parameters[method] }, ...(method === 'POST' && { body: request }) }
    return () => client[method](templates[method], init)
  },
  async ky() {
    const { default: ky } = await load('ky', 'ky')
    return () => ky(url, { method, ...(method === 'POST' && { json: request }) }).json()
  },
  async axios() {
    const { default: axios } = await load('axios', 'axios')
    const client = axios.create({ adapter: 'fetch' })
    return async () => (await client.request({ url, method, ...(method === 'POST' && { data: request }) })).data
  },
  async ofetch() {
    const { ofetch } = await load('ofetch', 'ofetch')
    return () => ofetch(url, { method, ...(method === 'POST' && { body: request }) })
  },
}

async function callFor(call: Call, durationMs: number): Promise<number> {
  const startMs = performance.now()
  let calls = 0
  while (performance.now() - startMs < durationMs) {
    for (let each = 0; each < 20; each++) await call()
    calls += 20
  }
  return calls / ((performance.now() - startMs) / 1000)
}

const call = await makers[subject]!()
process.on('message', ({ warmUpMs, sampleMs }: Job) => {
  void callFor(call, warmUpMs)
    .then(() => callFor(call, sampleMs))
    .then((perSecond) => process.send?.({ perSecond }))
})
