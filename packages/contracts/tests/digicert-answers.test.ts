import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { notCovered, witnessRequests } from './answer-table.ts'
import { accountRows } from './digicert-answers/accounts.ts'
import { type Row, toRequest } from './digicert-answers/call.ts'
import { certificateRows } from './digicert-answers/certificates.ts'
import { changeRows } from './digicert-answers/changes.ts'
import { duplicateRows } from './digicert-answers/duplicates.ts'
import { everyOperationRows, goodCalls } from './digicert-answers/every-operation.ts'
import { orderRows } from './digicert-answers/orders.ts'
import { requestRows } from './digicert-answers/requests.ts'
import { revocationStatusRows } from './digicert-answers/revocation-status.ts'
import { createWitness } from './witness.ts'

// Every status that the document promises and every error that it names, caused at the twin and judged.

const [api] = apis
const witness = await createWitness(api!)
const rows: readonly Row[] = [
  ...everyOperationRows,
  ...orderRows,
  ...duplicateRows,
  ...requestRows,
  ...certificateRows,
  ...revocationStatusRows,
  ...changeRows,
  ...accountRows,
]

/** What the document names and this table does not cause, each with its reason. */
const gaps: Readonly<Record<string, string>> = {}

/** Only a fault brings these about, and what is injected says nothing about the twin. */
const injected = /^\w+ 50[03]\b/

async function play({ calls, options }: Row): ReturnType<typeof witnessRequests> {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const mock = createDigicertMock({ clock, ...options })
  const requests = calls.map((call) => () => {
    if (typeof call !== 'number') return toRequest(call)
    clock.advance(call)
    return undefined
  })
  return witnessRequests({ witness }, mock.fetch, requests)
}

const outcomes = new Map<Row, Awaited<ReturnType<typeof play>>>()
for (const each of rows) outcomes.set(each, await play(each))

describe('the DigiCert twin', () => {
  it('is called through every operation of the document', () => {
    expect(Object.keys(goodCalls).toSorted()).toEqual(witness.document.operations.map(({ id }) => id).toSorted())
  })

  it.each(rows)('answers $name with $status, as the document says', (each) => {
    expect(outcomes.get(each)).toEqual({ status: each.status, violations: [] })
  })

  it('shows everything that the document names, but for the known gaps', () => {
    expect(notCovered(witness).filter((name) => !injected.test(name))).toEqual(Object.keys(gaps))
  })
})
