import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Fetch } from '../fetch.ts'
import { answering, cdnpro, errorOf } from '../test-client.ts'
import type { CdnProClient } from './client.ts'

const der = Buffer.from('any bytes')
const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`
const sha = (kind: string): string => createHash(kind).update(der).digest('hex')
const deployment = { certificateId: 'abc', version: 2, target: 'staging' } as const

interface Service {
  /** What the task says, read after read; the last one for ever. */
  readonly statuses?: readonly object[]
  /** What the version says, likewise. */
  readonly versions?: readonly object[]
}

/** A made-up service of one certificate and one task, and the calls that it got. */
function setup({ statuses = [{ status: 'succeeded' }], versions = [] }: Service = {}): {
  client: CdnProClient
  calls: string[]
} {
  const calls: string[] = []
  const left = { task: [...statuses], version: [...versions] }
  const next = (name: keyof typeof left): object => (left[name].length > 1 ? left[name].shift()! : left[name][0]!)
  const fetch: Fetch = async (request) => {
    const { pathname } = new URL(request.url)
    calls.push(`${request.method} ${pathname}`)
    if (request.method === 'POST')
      return new Response(null, { status: 201, headers: { Location: `http://vendor.example${pathname}/t1` } })
    return Response.json(next(pathname.includes('deploymentTasks') ? 'task' : 'version'))
  }
  return { client: cdnpro(fetch), calls }
}

const live = { inStaging: true, inProduction: false, fingerprint: 'f1' }
const before = { inStaging: false, inProduction: false, fingerprint: 'f1' }
const instantly = { pollMs: 0 }

describe('deployAndWait', () => {
  it.each(['in progress', 'inprogress'])(
    'waits for a task that is %s, and reads the version for proof',
    async (word) => {
      const statuses = [{ status: 'waiting' }, { status: word }, { status: 'succeeded', statusDetails: 'done' }]
      const { client, calls } = setup({ statuses, versions: [before, live] })
      expect(await client.deployments.deployAndWait(deployment, instantly)).toEqual({
        taskId: 't1',
        task: { status: 'succeeded', statusDetails: 'done' },
        version: live,
      })
      const [version, task] = ['GET /cdn/certificates/abc/versions/2', 'GET /cdn/deploymentTasks/t1']
      expect(calls).toEqual([version, 'POST /cdn/deploymentTasks', task, task, task, version])
    },
  )

  it.each(['sha1', 'sha256'])('compares what is live with a given certificate by %s', async (kind) => {
    const { client, calls } = setup({ versions: [{ ...live, fingerprint: sha(kind) }] })
    const chain = pem.replace(der.toString('base64'), Buffer.from('an authority').toString('base64'))
    // Some programs keep the key in the same file.
    const key = pem.replaceAll('CERTIFICATE', 'PRIVATE KEY').replace(der.toString('base64'), 'a2V5')
    await client.deployments.deployAndWait({ ...deployment, certificate: key + pem + chain }, instantly)
    expect(calls).toHaveLength(3)
  })

  it('looks at the environment that was meant', async () => {
    const { client } = setup({ versions: [before, { ...live, inStaging: false, inProduction: true }] })
    const { version } = await client.deployments.deployAndWait({ ...deployment, target: 'production' }, instantly)
    expect(version.inProduction).toBe(true)
  })

  it.each([
    ['is not live', { ...live, inStaging: false, inProduction: true }, {}],
    ['is not live', { fingerprint: 'f1' }, {}],
    ['holds another certificate', { ...live, fingerprint: 'f2' }, {}],
    ['holds another certificate', live, { certificate: pem }],
  ])('is not content with a task that says it succeeded when the version %s', async (complaint, after, given) => {
    const { client } = setup({ versions: 'certificate' in given ? [after] : [before, after] })
    const wait = client.deployments.deployAndWait({ ...deployment, ...given }, instantly)
    expect(await errorOf(wait)).toMatchObject({
      code: 'deployment_failed',
      taskId: 't1',
      outcome: 'unknown',
      message: `Deployment task t1 succeeded, but version 2 of abc ${complaint} in staging.`,
    })
  })

  it('says which task has failed, and why', async () => {
    const { client } = setup({
      statuses: [{ status: 'failed', statusDetails: 'Deployment failed: x' }],
      versions: [before],
    })
    expect(await errorOf(client.deployments.deployAndWait(deployment, instantly))).toMatchObject({
      code: 'deployment_failed',
      taskId: 't1',
      outcome: 'none',
      message: 'deployment task t1 ended as failed: Deployment failed: x.',
    })
  })

  it('waits while the time of the end is empty, and no longer, whatever the task says it is', async () => {
    const statuses = [
      { status: 'queued', finishTime: '' },
      { status: 'in progress', finishTime: null, statusDetails: null },
      { status: 'cancelled', finishTime: '2023-04-04T12:53:25Z' },
    ]
    const { client } = setup({ statuses, versions: [before] })
    expect(await errorOf(client.deployments.deployAndWait(deployment, instantly))).toMatchObject({
      code: 'deployment_failed',
      message: 'deployment task t1 ended as cancelled: no details.',
    })
  })

  it('has no details of a task that fails without any', async () => {
    const { client } = setup({ statuses: [{ status: 'failed', finishTime: null, statusDetails: null }] })
    expect(await errorOf(client.deployments.waitForSuccess('t1'))).toMatchObject({
      code: 'deployment_failed',
      message: 'deployment task t1 ended as failed: no details.',
    })
  })

  it('gives the task its name', async () => {
    const bodies: unknown[] = []
    const fetch: Fetch = async (request) => {
      if (request.method === 'POST') bodies.push(await request.json())
      return Response.json(before)
    }
    await errorOf(cdnpro(fetch).deployments.deployAndWait({ ...deployment, name: 'roll out' }, instantly))
    const actions = [{ action: 'deploy_cert', certificateId: 'abc', version: 2 }]
    expect(bodies).toEqual([{ name: 'roll out', target: 'staging', actions }])
  })

  it('names the task when the deadline passes, so that the caller can go on', async () => {
    const { client } = setup({ statuses: [{ status: 'waiting' }], versions: [before] })
    const wait = client.deployments.deployAndWait(deployment, { pollMs: 0, deadlineMs: 0 })
    expect(await errorOf(wait)).toMatchObject({ code: 'timeout', taskId: 't1', outcome: 'unknown' })
  })

  it('leaves open what became of the task when the caller gives up, or may not read it', async () => {
    const controller = new AbortController()
    const reading = (read: () => Response): Promise<unknown> => {
      const created = new Response(null, { status: 201, headers: { Location: '/cdn/deploymentTasks/t1' } })
      const { deployments } = cdnpro(async ({ method }) => (method === 'POST' ? created : read()))
      const { signal } = controller
      return errorOf(deployments.deployAndWait({ ...deployment, certificate: pem }, { signal }))
    }
    const open = { taskId: 't1', outcome: 'unknown' }
    expect(await reading(() => new Response(null, { status: 403 }))).toMatchObject({ code: 'forbidden', ...open })
    const abort = (): Response => {
      controller.abort()
      return Response.json({ status: 'waiting' })
    }
    expect(await reading(abort)).toMatchObject({ code: 'aborted', ...open })
  })

  it.each(['', 'x', pem.replaceAll('CERTIFICATE', 'PRIVATE KEY')])(
    'sends nothing for a text without a certificate: %j',
    async (certificate) => {
      const { client, calls } = setup()
      expect(await errorOf(client.deployments.deployAndWait({ ...deployment, certificate }))).toMatchObject({
        code: 'invalid_options',
        message: 'certificate must hold a certificate as PEM.',
      })
      expect(calls).toEqual([])
    },
  )
})

describe('a list of tasks', () => {
  /** A service with so many tasks, that gives at most two at a time. */
  function listing(total: number): { client: CdnProClient; queries: string[] } {
    const queries: string[] = []
    const fetch: Fetch = async ({ url }) => {
      const { search, searchParams } = new URL(url)
      queries.push(search)
      const offset = Number(searchParams.get('offset'))
      const deploy = Array.from({ length: total }, (_, id) => ({ id: String(id) })).slice(offset, offset + 2)
      return Response.json({ deploy, count: total })
    }
    return { client: cdnpro(fetch), queries }
  }

  it('is read page after page, narrowed down and sorted', async () => {
    const { client, queries } = listing(3)
    const filters = { target: 'staging', taskIds: 'a,b' } as const
    const found: string[] = []
    for await (const { id } of client.deployments.list({ filters, sortBy: 'submissionTime', pageSize: 2 }))
      found.push(id)
    expect(found).toEqual(['0', '1', '2'])
    expect(queries).toEqual([
      '?target=staging&taskIds=a%2Cb&sortBy=submissionTime&limit=2',
      '?target=staging&taskIds=a%2Cb&sortBy=submissionTime&limit=2&offset=2',
    ])
  })

  it('gives one page, and how many tasks there are', async () => {
    const { client, queries } = listing(3)
    const page = await client.deployments.page({ offset: 2, pageSize: 2, sortOrder: 'asc' })
    expect(page).toEqual({ tasks: [{ id: '2' }], count: 3 })
    await client.deployments.page({ pageSize: 0 })
    expect(queries).toEqual(['?sortOrder=asc&limit=2&offset=2', '?limit=0'])
  })

  it('is unexpected without a count', async () => {
    const list = cdnpro(answering(200, { deploy: [] })).deployments.list()
    expect(await errorOf(list[Symbol.asyncIterator]().next())).toMatchObject({ code: 'unexpected_response' })
  })
})

describe('a validation', () => {
  it('that fails is an error of its own', async () => {
    const failed = { id: 'v1', status: 'failed', statusDetails: 'no certificate' }
    expect(await errorOf(cdnpro(answering(200, failed)).validations.waitForSuccess('v1'))).toMatchObject({
      code: 'validation_failed',
      message: 'validation v1 ended as failed: no certificate.',
    })
  })

  it('is waited for while it waits and while it is in progress', async () => {
    const statuses = ['waiting', 'in progress', 'succeeded']
    const client = cdnpro(async () => Response.json({ id: 'v1', status: statuses.shift() }))
    expect(await client.validations.waitForSuccess('v1', instantly)).toEqual({ id: 'v1', status: 'succeeded' })
  })
})

describe('where something new is', () => {
  const locatedAt = (location: string): CdnProClient => cdnpro(answering(201, '', { Location: location }))

  it.each([
    'https://x.example/cdn/deploymentTasks/7a-b',
    '/cdn/deploymentTasks/7a-b/',
    'https://x.example/7a-b?q',
    'https://x.example/7a-b/',
    'https://x.example/cdn/deploymentTasks/7a-b/actions',
    '7a-b',
  ])('is read from %s', async (location) => {
    expect(await locatedAt(location).deployments.create({ target: 'staging', actions: [] })).toBe('7a-b')
  })

  it('is the number of a version of a property', async () => {
    expect(await locatedAt('http://x.example/cdn/properties/p/versions/12').properties.createVersion('p', {})).toBe(12)
  })

  it.each(['', 'https://x.example/cdn/properties/p/versions/latest', 'https://x.example/cdn/properties/p/versions'])(
    'is unknown from %j',
    async (location) => {
      const created = locatedAt(location).properties.createVersion('p', {})
      expect(await errorOf(created)).toMatchObject({ code: 'unexpected_response', outcome: 'unknown' })
    },
  )
})
