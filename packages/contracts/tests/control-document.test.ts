import { listControlRoutes } from '@certtwin/mock-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { type ServedTwin, twinsToServe } from './control-twins.ts'
import { type ControlCall, createControlWitness, documentedAnswers } from './control-witness.ts'

// The control plane against its document, over a port: the same operations on both sides, and every answer as it is written.

const witness = await createControlWitness()
const token = 'token-of-the-tests'
const authorization = { Authorization: `Bearer ${token}` }
const running: ServedTwin[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ listening }) => listening.close()))
})

/** A call of each operation that succeeds, and more where there is more than one answer. */
function calls({ twin, readOperation, writeOperation, action }: ServedTwin): ControlCall[] {
  const faults = [
    {
      kind: 'error',
      operation: readOperation,
      status: 429,
      first: 1,
      after: 1,
      every: 2,
      probability: 0.5,
      delay: '1ms',
    },
    { id: 'all', kind: 'slow-body', operation: [readOperation, writeOperation], bytes: 10, delay: 5 },
  ]
  return [
    { operation: 'getHealth', path: '/health' },
    { operation: 'getClock', path: '/clock' },
    { operation: 'putClock', path: '/clock', body: { now: '2023-04-04T12:53:25Z', running: false } },
    { operation: 'advanceClock', path: '/clock/advance', body: { by: '1s' } },
    { operation: 'putRandom', path: '/random', body: { seed: 'seed' } },
    { operation: 'addFaults', path: '/faults', body: { kind: 'delay', operation: writeOperation } },
    { operation: 'addFaults', path: '/faults', body: faults },
    { operation: 'listFaults', path: '/faults' },
    { operation: 'deleteFaults', path: '/faults?id=all' },
    { operation: 'listRequests', path: '/requests' },
    { operation: 'listRequests', path: '/requests?as=har' },
    { operation: 'listRequests', path: '/requests?as=curl' },
    { operation: 'streamRequests', path: '/requests/stream' },
    { operation: 'deleteRequests', path: '/requests' },
    { operation: 'getEvidence', path: '/evidence' },
    { operation: 'listActions', path: '/actions' },
    { operation: 'runAction', path: `/actions/${action.name}`, body: action.input },
    { operation: 'getSettings', path: '/settings' },
    { operation: 'putSettings', path: '/settings', body: { rateLimits: [{ limit: 5, windowMs: 1000 }] } },
    { operation: 'listWorlds', path: '/worlds' },
    { operation: 'seed', path: '/seed', body: {} },
    { operation: 'getState', path: '/state' },
    { operation: 'putState', path: '/state', body: twin.snapshot() },
    { operation: 'reset', path: '/reset' },
    { operation: 'getPage', path: '/' },
    { operation: 'getPageScript', path: '/page.js' },
    { operation: 'getPageStyle', path: '/page.css' },
  ]
}

describe('the control plane and its document', () => {
  it('list the same operations', async () => {
    const routes = await listControlRoutes()
    const documented = witness.document.operations.map(({ method, path }) => `${method} ${path}`)
    expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(documented.toSorted())
  })
})

describe.each(twinsToServe)('the control plane of the $name twin', ({ serve }) => {
  async function setup(): Promise<ServedTwin> {
    const served = await serve({ token })
    running.push(served)
    await served.read()
    await served.miss()
    await served.write('text')
    return served
  }

  it('answers every call as the document says', async () => {
    const served = await setup()
    const complaints: unknown[] = []
    for (const call of calls(served)) {
      const judged = await witness.judge(served.listening.url, { ...call, headers: authorization })
      complaints.push(...judged.complaints.map((complaint) => `${call.operation}: ${complaint}`))
    }
    expect(complaints).toEqual([])
  })

  it('sends entries as the document has them', async () => {
    const served = await setup()
    served.twin.faults.add({ kind: 'error', operation: served.readOperation, status: 429 })
    await served.read()
    const list = { operation: 'listRequests', path: '/requests', headers: authorization }
    const { complaints, text } = await witness.judge(served.listening.url, list)
    expect(complaints).toEqual([])
    const { requests } = JSON.parse(text) as { requests: object[] }
    expect(requests).toHaveLength(4)
    for (const member of ['operation', 'account', 'diagnosis', 'fault'])
      expect(requests.filter((entry) => member in entry)).not.toEqual([])
    const streamed = new Promise<string>((resolve) => {
      void readEntry(served, resolve)
    })
    expect(Object.keys(JSON.parse(await streamed) as object).toSorted()).toEqual(Object.keys(requests[3]!).toSorted())
  })

  it('refuses every call as the document says', async () => {
    const { listening, action } = await setup()
    const complaints: unknown[] = []
    const wrong = { 'Content-Type': 'text/plain' }
    for (const operation of witness.document.operations) {
      const path = operation.path.replace('{name}', action.name)
      const judged = await witness.judge(listening.url, {
        operation: operation.id,
        path,
        headers: { ...authorization, ...wrong },
      })
      const { error } = JSON.parse(judged.text) as { error: string }
      complaints.push(...judged.complaints, ...(error.startsWith('Send JSON') ? [] : [error]))
    }
    expect(complaints).toEqual([])
  })

  it('has no answer in its document that was not seen', async () => {
    const served = await setup()
    for (const call of calls(served)) await witness.judge(served.listening.url, { ...call, headers: authorization })
    for (const { id, path } of witness.document.operations)
      await witness.judge(served.listening.url, { operation: id, path, headers: { 'Content-Type': 'text/plain' } })
    expect(documentedAnswers(witness.document).filter((answer) => !witness.covered.has(answer))).toEqual([])
  })
})

/** The first entry that the stream sends, once there is one. */
async function readEntry({ listening, read }: ServedTwin, tell: (json: string) => void): Promise<void> {
  const response = await fetch(`${listening.url}/__mock/requests/stream`, { headers: authorization })
  await read()
  let text = ''
  for await (const part of response.body!) {
    text += Buffer.from(part).toString()
    const data = /^data: (.*)\n\n/m.exec(text)?.[1]
    if (data === undefined) continue
    tell(data)
    return
  }
}
