import { type CdnProClient, createCdnProClient, createDigicertClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { beforeEach, describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { cdnproCalls } from './client-calls/cdnpro.ts'
import { digicertCalls } from './client-calls/digicert.ts'
import { createWitness } from './witness.ts'

// Every operation of the document through the client: what it sends and what it takes is what the document says.

const [api, cdnproApi] = apis
const witness = await createWitness(api!)
const cdnproWitness = await createWitness(cdnproApi!)

function setup(account = 0) {
  const mock = createDigicertMock({ clock: createManualClock('2023-04-04T12:53:25Z'), seed: 'client' })
  const fetch = witness.through(mock.fetch)
  return createDigicertClient({ apiKey: mock.accounts[account]!.apiKey, fetch, retry: { attempts: 1 } })
}

describe('the DigiCert client', () => {
  beforeEach(() => witness.clear())

  it.each(Object.entries(digicertCalls))('calls %s as the document says', async (operation, [call, result]) => {
    const found = await call(setup())
    expect({ found }).toMatchObject({ found: result })
    expect(witness.violations).toEqual([])
    expect([...witness.covered].some((name) => name.startsWith(`${operation} 20`))).toBe(true)
  })

  it('calls every operation of the document that takes a key', () => {
    const keyed = witness.document.operations.filter(({ node }) => node['security'] === undefined)
    expect(Object.keys(digicertCalls).toSorted()).toEqual(keyed.map(({ id }) => id).toSorted())
  })
})

describe('the CDN Pro client', () => {
  beforeEach(() => cdnproWitness.clear())

  function setupCdnPro(generation: '2023' | 'current'): CdnProClient {
    const clock = createManualClock('2023-04-04T12:53:25Z')
    const mock = createCdnProMock({ clock, generation, lifecycle: { reads: 2 } })
    const [{ username, apiKey }] = mock.accounts
    const fetch = cdnproWitness.through(mock.fetch, { door: 'gateway', generation })
    return createCdnProClient({ username, apiKey, fetch, now: clock.now, retry: { attempts: 1 } })
  }

  it.each(Object.entries(cdnproCalls))('calls %s as the document says', async (operation, [call, result]) => {
    const node = cdnproWitness.document.operations.find(({ id }) => id === operation)!.node
    const found = await call(setupCdnPro(node['x-generation'] === 'current' ? 'current' : '2023'))
    expect({ found }).toMatchObject({ found: result })
    expect(cdnproWitness.violations).toEqual([])
    expect([...cdnproWitness.covered].some((name) => name.startsWith(`${operation} 20`))).toBe(true)
  })

  it('calls the latest version by its word, as the document says of generation current', async () => {
    const { versions } = setupCdnPro('current')
    expect(await versions.get('642c1dc50000000000000a02', 'latest')).toMatchObject({ version: 3, type: 'uploaded' })
    expect(cdnproWitness.violations).toEqual([])
  })

  it('calls every operation of the document', () => {
    const documented = cdnproWitness.document.operations.map(({ id }) => id)
    expect(Object.keys(cdnproCalls).toSorted()).toEqual(documented.toSorted())
  })
})
