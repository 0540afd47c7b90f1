import type { Fetch } from '@certtwin/mock-kit'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { createWitness } from './witness.ts'

// The witnesses are no use if they believe everything: each lie below is told between twin and witness.

const [digicertApi, cdnproApi] = apis
const digicertWitness = await createWitness(digicertApi!)
const cdnproWitness = await createWitness(cdnproApi!)

interface Told {
  readonly status: number
  readonly body: string
}

/** A lie changes status or body, and may change the headers in place. */
type Lie = (answer: Told & { headers: Headers }) => Told

/** A twin whose answers are changed on their way. */
function lying(fetch: Fetch, lie: Lie): Fetch {
  return async (request) => {
    const response = await fetch(request)
    const { status, body } = lie({ status: response.status, body: await response.text(), headers: response.headers })
    return new Response(body, { status, headers: response.headers })
  }
}

const lies: readonly (readonly [string, Lie, string])[] = [
  [
    'a renamed member',
    ({ status, body }) => ({ status, body: body.replace('"fingerprint"', '"finger_print"') }),
    'unevaluated',
  ],
  [
    'a lost optional member',
    ({ status, body }) => ({ status, body: body.replace('"issuer"', '"comments"') }),
    'required property',
  ],
  ['an additional member', ({ status, body }) => ({ status, body: body.replace('{', '{"extra":1,') }), 'unevaluated'],
  [
    'a wrong type',
    ({ status, body }) => ({ status, body: body.replace('"version":1', '"version":"1"') }),
    'must be integer',
  ],
  [
    'a lost header',
    ({ headers, ...told }) => {
      headers.delete('x-cnc-request-id')
      return told
    },
    'the header x-cnc-request-id is missing',
  ],
  [
    'another media type',
    ({ headers, ...told }) => {
      headers.set('Content-Type', 'text/json')
      return told
    },
    'no content of type text/json',
  ],
  ['an undeclared status', ({ body }) => ({ status: 206, body }), 'has no status 206'],
]

describe('the witnesses', () => {
  it.each(lies)('complain about %s in a version query', async (_name, lie, complaint) => {
    cdnproWitness.clear()
    const mock = createCdnProMock()
    const [{ username, apiKey }] = mock.accounts
    const fetch = cdnproWitness.through(lying(mock.fetch, lie))
    await createCdnProClient({ username, apiKey, fetch }).versions.get('9fddeb2fea3ed5b52d89d81d', 1)
    expect(cdnproWitness.violations.map((violation) => violation.complaint).join('\n')).toContain(complaint)
  })

  it('complain about a renamed member in a list of duplicates', async () => {
    digicertWitness.clear()
    const mock = createDigicertMock()
    const lie: Lie = ({ status, body }) => ({ status, body: body.replaceAll('"public_id"', '"publicId"') })
    const fetch = digicertWitness.through(lying(mock.fetch, lie))
    await createDigicertClient({ apiKey: mock.accounts[0].apiKey, fetch }).duplicates.list(100003)
    const complaints = digicertWitness.violations.map((violation) => violation.complaint).join('\n')
    expect(complaints).toContain('publicId')
    expect(complaints).toContain('public_id')
  })

  it('complain about a duplicate that is approved and has no dates', async () => {
    digicertWitness.clear()
    const mock = createDigicertMock()
    const lie: Lie = ({ status, body }) => ({ status, body: body.replace(/"valid_till":"[^"]*",/, '') })
    const fetch = digicertWitness.through(lying(mock.fetch, lie))
    await createDigicertClient({ apiKey: mock.accounts[0].apiKey, fetch }).duplicates.list(100003)
    expect(digicertWitness.violations.map((violation) => violation.complaint).join('\n')).toContain('valid_till')
  })

  it('complain about a request that the document does not allow', async () => {
    digicertWitness.clear()
    const { fetch, accounts } = createDigicertMock()
    const headers = { 'X-DC-DEVKEY': accounts[0].apiKey, 'Content-Type': 'application/json' }
    const url = 'https://www.digicert.com/services/v2/order/certificate/112233/duplicate'
    await digicertWitness.through(fetch)(
      new Request(url, { method: 'POST', headers, body: '{"certificate":{"csr":1}}' }),
    )
    expect(digicertWitness.violations.filter(({ side }) => side === 'request')).not.toEqual([])
    expect(digicertWitness.violations.filter(({ side }) => side === 'answer')).toEqual([])
  })
})
