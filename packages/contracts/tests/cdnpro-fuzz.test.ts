import { randomInt } from 'node:crypto'
import { type CdnProMock, createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { constantFrom, record, sample } from 'fast-check'
import { expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { clockStart, date, ids } from './cdnpro-answers/call.ts'
import { goodCalls } from './cdnpro-answers/every-operation.ts'
import { complaintAbout } from './fuzz/judge.ts'
import { requestsOf } from './fuzz/requests.ts'
import { keyHeaders, sign } from './signing.ts'
import { createWitness } from './witness.ts'

// Random and changed requests at every route of both doors and both generations: none brings the twin down, each answer is one that
// the document knows, and what is refused has changed nothing.

const count = 5000
/** Any run can be repeated by its number, which stands in the name of the test. */
const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31))

const [, api] = apis
const witness = await createWitness(api!)
const editions = (['gateway', 'native'] as const).flatMap((door) =>
  (['2023', 'current'] as const).map((generation) => ({ door, generation })),
)

const certificateIds = [ids.example, ids.shop, ids.api, ids.lab, ids.clientCa, ids.otherTenant, ids.unknown]
/** What is likely in a path; everything else gets any of it. */
const idsOf = {
  certificateId: certificateIds,
  version: ['1', '1', '2', '3', '999', 'latest', '01'],
  id: [ids.task, ids.failedTask, ids.shop],
  propertyId: ['1', '4', '5', '6'].map((last) => `642c1dc50000000000000b0${last}`),
  hostname: ['shop.example.com', 'API.example.com', 'unknown.example.com'],
}

const signatures = [
  sign('example_username', 'example_apiKey', date),
  sign('readonly_username', 'readonly_apiKey', date),
  sign('other_username', 'other_apiKey', date),
  sign('unprovisioned_username', 'unprovisioned_apiKey', date),
  sign('example_username', 'wrong', date),
  { Authorization: 'Basic !', Date: date },
  { ...keyHeaders({ accessKey: 'example_accessKey', timestamp: '1680612805' }, '0'.repeat(64)), Date: date },
]
const headers = record({
  // Most get past the door, or the test would show the door only.
  signature: constantFrom(...Array.from({ length: 16 }, () => signatures[0]!), ...signatures),
  'Content-Type': constantFrom(
    'application/json',
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/xml',
    'x/y', // Prism stumbles over what is no media type
  ),
  Accept: constantFrom('application/json', '*/*', 'application/xml'),
  'Check-Certificate': constantFrom('no', 'yes', ''),
  delegation: constantFrom(
    ...Array.from({ length: 20 }, () => ({})),
    { 'On-Behalf-Of': '20001001', 'Report-Range': 'children-only' },
    { 'On-Behalf-Of': '' },
    { 'Report-Range': 'all' },
  ),
}).map(({ signature, delegation, ...more }) => ({ ...signature, ...more, ...delegation }))

const bodies = Object.fromEntries(Object.entries(goodCalls).map(([id, [, { body }]]) => [id, body]))
const material = { document: witness.document, ids: Object.values(ids), idsOf, bodies, headers }

it(`answers ${count} odd requests as the document says (FUZZ_SEED=${seed})`, { timeout: 300_000 }, async () => {
  let mock: CdnProMock | undefined
  const problems: object[] = []
  const statuses: Record<number, number> = {}
  const begin = (edition: (typeof editions)[number]): CdnProMock =>
    createCdnProMock({
      ...edition,
      clock: createManualClock(clockStart),
      seed: 'fuzz',
      rateLimits: false,
      journal: false,
      onExchange: ({ status }) => (statuses[status] = (statuses[status] ?? 0) + 1),
    })
  for (const [index, sent] of sample(requestsOf(material), { numRuns: count, seed }).entries()) {
    const edition = editions[Math.floor(index / 200) % editions.length]!
    if (mock === undefined || index % 200 === 0) mock = begin(edition)
    if (index % 40 === 0) mock.act('finish-tasks')
    const target = { fetch: mock.fetch, snapshot: mock.snapshot, edition }
    const complaint = await complaintAbout(witness, target, {
      ...sent,
      url: `https://open.chinanetcenter.com${sent.path}`,
    })
    if (complaint !== undefined) problems.push({ ...sent, ...edition, complaint })
  }
  expect(problems.slice(0, 5)).toEqual([])
  expect(statuses[200]! + statuses[201]!).toBeGreaterThan(count / 10)
})
