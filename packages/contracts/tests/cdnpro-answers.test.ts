import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { notCovered, type Step, witnessRequests } from './answer-table.ts'
import { clockStart, type Row, toRequest } from './cdnpro-answers/call.ts'
import { certificateRows } from './cdnpro-answers/certificates.ts'
import { deploymentRows } from './cdnpro-answers/deployments.ts'
import { propertyRows } from './cdnpro-answers/properties.ts'
import { everyOperationRows, goodCalls } from './cdnpro-answers/every-operation.ts'
import { createWitness } from './witness.ts'

// Every status that the document promises and every error that it names, caused at the twin and judged.

const [, api] = apis
const witness = await createWitness(api!)
const rows: readonly Row[] = [...everyOperationRows, ...certificateRows, ...deploymentRows, ...propertyRows]

const operations = new Map(witness.document.operations.map((operation) => [operation.id, operation]))

/** Refusals that depend on traffic, on validations of long ago or on a contract, of which the twin has none: faults send them. */
const injected = witness.document.operations
  .flatMap(({ responses }) => responses.flatMap(({ errors }) => errors))
  .filter((error) => error['x-injected'])
  .map(({ code }) => code)

/** What the document names and this table does not cause, with the reason. */
function isGap(name: string): boolean {
  const [id = '', status] = name.split(' ')
  // Only a fault brings these about, and what is injected says nothing about the twin.
  if (status === '500' || status === '503') return true
  if (injected.some((code) => name.includes(` ${code} `))) return true
  // A GET made by fetch carries no body.
  return status === '413' && operations.get(id)?.method === 'GET'
}

async function play({ calls, options }: Row): ReturnType<typeof witnessRequests> {
  const clock = createManualClock(clockStart)
  const mock = createCdnProMock({ clock, ...options })
  const { door, generation } = mock.settings
  const now = (): string => new Date(clock.now()).toUTCString()
  const steps = calls.flatMap((call): Step[] => {
    if (typeof call === 'number') return [() => clock.advance(call) as undefined]
    const { times = 1 } = call
    const unjudged = async (): Promise<void> => {
      for (let count = 1; count < times; count++) await mock.fetch(toRequest(call, now()))
    }
    return [...(times > 1 ? [unjudged] : []), () => toRequest(call, now())]
  })
  return witnessRequests({ witness, edition: { door, generation } }, mock.fetch, steps)
}

const outcomes = new Map<Row, Awaited<ReturnType<typeof play>>>()
for (const each of rows) outcomes.set(each, await play(each))

describe('the CDN Pro twin', () => {
  it('is called through every operation of the document', () => {
    expect(Object.keys(goodCalls).toSorted()).toEqual([...operations.keys()].toSorted())
  })

  it.each(rows)('answers $name with $status, as the document says', (each) => {
    expect(outcomes.get(each)).toEqual({ status: each.status, violations: [] })
  })

  it('shows everything that the document names, but for the known gaps', () => {
    expect(notCovered(witness).filter((name) => !isGap(name))).toEqual([])
  })

  it('never gives what the document says only a fault sends', () => {
    const missing = notCovered(witness)
    const given = injected.filter((code) => !missing.some((name) => name.includes(` ${code} `)))
    expect([injected.length > 0, given]).toEqual([true, []])
  })
})
