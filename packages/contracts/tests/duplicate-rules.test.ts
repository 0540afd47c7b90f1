import { createPublicKey, randomInt, X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { array, assert, asyncProperty, constant, constantFrom, oneof, option, record, tuple } from 'fast-check'
import { expect, it } from 'vitest'
import { isAllowed, type Names, namesOn, productRules } from './duplicate-rules.ts'
import { createKeyMaterial } from './material.ts'
import { cannotRun, run, temporaryFolder } from './programs.ts'

// Random orders and random requests for duplicates: the twin and a second statement of the rules say yes and no to the same, and
// what is issued is what was asked for.

const reason = cannotRun('openssl')
const runs = 2000
/** Any run can be repeated by its number, which stands in the name of the test. */
const seed = Number(process.env['RULES_SEED'] ?? randomInt(2 ** 31))

const start = '2023-04-04T12:53:25Z'
const startDay = Date.parse(start.slice(0, 10))
const dayMs = 86_400_000
const keys = [
  createKeyMaterial(),
  createKeyMaterial({ type: 'ec', curve: 'P-384' }),
  createKeyMaterial({ type: 'rsa', bits: 2048 }),
]

const domains = ['alpha.test', 'beta.test', 'gamma.test']
const plainName = tuple(constantFrom('', 'www.', 'a.b.'), constantFrom(...domains)).map((parts) => parts.join(''))
/** Longer than a common name may be. */
const longName = constant(`${'a'.repeat(40)}.${'b'.repeat(30)}.alpha.test`)
const wildcardName = constantFrom(...domains).map((domain) => `*.${domain}`)

/** Names that an order is placed for; a wildcard product has at least one wildcard. */
const order = constantFrom(...Object.keys(productRules)).chain((product) =>
  record({
    product: constant(product),
    commonName: productRules[product]!.addsSubdomains ? wildcardName : plainName,
    dnsNames: array(oneof({ weight: 3, arbitrary: plainName }, wildcardName, longName), { maxLength: 5 }),
    endsInDays: constantFrom(0, 30, 275, 500),
    profile: constantFrom('2019' as const, '2020' as const, '2024' as const),
  }),
)
type Order = typeof order extends { generate: (...args: never[]) => { value: infer Value } } ? Value : never

const oddName = constantFrom(
  'no-dot',
  'under_score.test',
  '-a.test',
  'a-.test',
  'a..test',
  'b.*.test',
  '*',
  `${'a'.repeat(64)}.test`,
  'x y.test',
)

/** A name that somebody asks for: mostly one of the order, sometimes spelled in another way, sometimes any. */
const wishedName = ({ commonName, dnsNames }: Pick<Order, 'commonName' | 'dnsNames'>) =>
  oneof(
    { weight: 6, arbitrary: constantFrom(commonName, ...dnsNames) },
    { weight: 2, arbitrary: constantFrom(commonName, ...dnsNames).map((name) => ` ${name.toUpperCase()}.`) },
    { weight: 2, arbitrary: plainName },
    { weight: 1, arbitrary: wildcardName },
    { weight: 1, arbitrary: constantFrom(commonName, ...dnsNames).map((name) => name.replace('*', 'deep.er')) },
    { weight: 1, arbitrary: oneof(oddName, longName) },
  )

const wish = order.chain((placed) =>
  record({
    placed: constant(placed),
    commonName: wishedName(placed),
    dnsNames: option(array(wishedName(placed), { maxLength: 4 }), { nil: undefined }),
    hash: constantFrom('sha256', 'sha384', 'SHA512'),
    key: constantFrom(...keys),
  }),
)

interface Outcome {
  readonly status: number
  readonly chain: readonly string[]
}

function setup() {
  const clock = createManualClock(start)
  const mock = createDigicertMock({ clock, seed: 'rules', rateLimits: false, journal: false })
  const keep: { leaf: string; rest: string }[] = []
  const duplicate = async (id: number, certificate: object): Promise<Outcome> => {
    const response = await mock.fetch(
      new Request(`https://www.digicert.com/services/v2/order/certificate/${id}/duplicate`, {
        method: 'POST',
        headers: { 'X-DC-DEVKEY': 'MOCKKEYADMIN', 'Content-Type': 'application/json' },
        body: JSON.stringify({ certificate }),
      }),
    )
    const { certificate_chain = [] } = (await response.json()) as { certificate_chain?: { pem: string }[] }
    return { status: response.status, chain: certificate_chain.map(({ pem }) => pem) }
  }
  return { mock, keep, duplicate }
}

it.skipIf(reason)(
  `says yes and no as the rules do, ${runs} times (RULES_SEED=${seed})`,
  { timeout: 120_000 },
  async () => {
    const { mock, keep, duplicate } = setup()
    const answers = { yes: 0, no: 0 }
    let id = 900_000
    const agrees = asyncProperty(wish, async ({ placed, commonName, dnsNames, hash, key }) => {
      const { product, profile, endsInDays } = placed
      mock.configure({ profile })
      mock.seed({
        orders: [
          { id: ++id, product, container: 14, commonName: placed.commonName, dnsNames: placed.dnsNames, endsInDays },
        ],
      })
      const asked: Names = { commonName, dnsNames }
      const certificate = { common_name: commonName, dns_names: dnsNames, csr: key.csr, signature_hash: hash }
      const { status, chain } = await duplicate(id, certificate)
      const allowed = isAllowed(productRules[product]!, placed, asked)
      expect(status).toBe(allowed ? 201 : 400)
      answers[allowed ? 'yes' : 'no'] += 1
      if (!allowed) return
      const leaf = new X509Certificate(chain[0]!)
      expect(leaf.subjectAltName).toBe(
        namesOn(placed, asked)
          .map((name) => `DNS:${name}`)
          .join(', '),
      )
      expect(leaf.publicKey.equals(createPublicKey(key.key))).toBe(true)
      expect(validityOf(leaf)).toEqual(expectedValidity(profile, endsInDays))
      keep.push({ leaf: chain[0]!, rest: chain.slice(1).join('') })
    })
    await assert(agrees, { numRuns: runs, seed })
    // Otherwise most of it would show one thing only.
    expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(runs / 5)
    await expectVerified(keep)
  },
)

function validityOf({ validFromDate, validToDate }: X509Certificate): readonly Date[] {
  return [validFromDate, validToDate]
}

/** The vendor's pages: that of the original; later from the day of issue, for 397 days at most. */
function expectedValidity(profile: string, endsInDays: number): readonly Date[] {
  const [from, till] = profile === '2019' ? [-90, endsInDays] : [0, Math.min(endsInDays, 397)]
  return [new Date(startDay + from * dayMs), new Date(startDay + (till + 1) * dayMs - 1000)]
}

/** By openssl, many in one go, at a moment when all of them are valid. */
async function expectVerified(issued: readonly { readonly leaf: string; readonly rest: string }[]): Promise<void> {
  const folder = temporaryFolder()
  const groups = Map.groupBy(issued, ({ rest }) => rest)
  for (const [rest, members] of groups) {
    await writeFile(join(folder, 'rest.pem'), rest)
    const names = await Promise.all(
      members.map(async ({ leaf }, index) => {
        await writeFile(join(folder, `${index}.pem`), leaf)
        return `${index}.pem`
      }),
    )
    const moment = String(Date.parse(start) / 1000)
    const flags = ['verify', '-x509_strict', '-attime', moment, '-CAfile', 'rest.pem', '-untrusted', 'rest.pem']
    const { stdout } = await run('openssl', [...flags, ...names], { cwd: folder })
    expect(stdout.match(/: OK$/gm)).toHaveLength(members.length)
  }
}
