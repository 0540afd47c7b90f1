import { randomInt } from 'node:crypto'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { constantFrom, record, sample } from 'fast-check'
import { expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { goodCalls } from './digicert-answers/every-operation.ts'
import { complaintAbout } from './fuzz/judge.ts'
import { requestsOf } from './fuzz/requests.ts'
import { createWitness } from './witness.ts'

// Random and changed requests at every route: none brings the twin down, each answer is one that the document knows, and what is
// refused has changed nothing.

const count = 5000
/** Any run can be repeated by its number, which stands in the name of the test. */
const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31))

const [api] = apis
const witness = await createWitness(api!)
const twin = {
  clock: createManualClock('2023-04-04T12:53:25Z'),
  seed: 'fuzz',
  rateLimits: false,
  journal: false,
} as const

const orders = [
  '112233',
  '1234567',
  '123456',
  '100001',
  '100003',
  '100004',
  '100005',
  '100006',
  '100007',
  '100009',
  '100010',
  '100015',
  '4711',
]
const others = [
  '100203',
  '100303',
  '23456',
  '987654320',
  '198',
  '199',
  '200',
  '332212',
  '125039',
  'me',
  'pem_all',
  'p7b',
  'default',
  '45',
  'ssl_basic',
  'ssl',
]

const headers = record({
  'X-DC-DEVKEY': constantFrom(
    'MOCKKEYADMIN',
    'MOCKKEYADMIN',
    'MOCKKEYFAST',
    'MOCKKEYSTANDARD',
    'MOCKKEYMANAGER',
    'MOCKKEYVIEWONLY',
    'nobody',
    '',
  ),
  'Content-Type': constantFrom(
    'application/json',
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/xml',
    'x/y', // Prism stumbles over what is no media type
  ),
  Accept: constantFrom('application/json', '*/*', 'text/html', ';q=x', ''),
})

const bodies = Object.fromEntries(Object.entries(goodCalls).map(([id, [, { body }]]) => [id, body]))
const requests = requestsOf({ document: witness.document, ids: [...orders, ...others], bodies, headers })

it(`answers ${count} odd requests as the document says (FUZZ_SEED=${seed})`, { timeout: 300_000 }, async () => {
  let mock = createDigicertMock(twin)
  const problems: object[] = []
  const statuses: Record<number, number> = {}
  for (const [index, sent] of sample(requests, { numRuns: count, seed }).entries()) {
    if (index % 200 === 0)
      mock = createDigicertMock({
        ...twin,
        onExchange: ({ status }) => (statuses[status] = (statuses[status] ?? 0) + 1),
      })
    const complaint = await complaintAbout(witness, mock, { ...sent, url: `https://www.digicert.com${sent.path}` })
    if (complaint !== undefined) problems.push({ ...sent, complaint })
  }
  expect(problems.slice(0, 5)).toEqual([])
  // Otherwise it would show the door only.
  expect(statuses[200]! + statuses[201]! + statuses[204]!).toBeGreaterThan(count / 10)
})
