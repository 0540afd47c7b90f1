import { describe, expect, it } from 'vitest'
import { createCdnProClient } from '../cdnpro/client.ts'
import { createDigicertClient } from '../digicert/client.ts'
import { answering } from '../test-client.ts'
import { cdnProValidators, digicertValidators } from '../validate/index.ts'

const list = { certificates: [], page: { total: 0, limit: 1, offset: 0 } }
const task = {
  submissionTime: '2023-04-04T12:53:25Z',
  actions: [],
  target: 'staging',
  status: 'waiting',
  apiRequestId: 'x',
}

describe('answers that are judged by the contract', () => {
  const digicert = (body: unknown) =>
    createDigicertClient({ apiKey: 'key', fetch: answering(200, body), validate: digicertValidators })
  const cdnpro = (body: unknown) =>
    createCdnProClient({ username: 'u', apiKey: 'k', fetch: answering(200, body), validate: cdnProValidators })

  it('pass with members that nobody knows yet', async () => {
    const newer = { ...task, newMember: { of: 'tomorrow' } }
    expect(await cdnpro(newer).deployments.get('x')).toEqual(newer)
    expect(await digicert({ ...list, newMember: 1 }).duplicates.list(1)).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['a member is missing', { ...task, status: undefined }, "it must have required property 'status'"],
    ['a member is of another type', { ...task, actions: [{ action: 'deploy_cert' }, 5] }, 'actions.1 must be object'],
    ['a time is none', { ...task, submissionTime: 'yesterday' }, 'submissionTime must match format "date-time"'],
  ])('are refused when %s, without the value', async (_name, body, complaint) => {
    await expect(cdnpro(body).deployments.get('x')).rejects.toMatchObject({
      code: 'unexpected_response',
      outcome: 'unknown',
      status: 200,
      message: `getDeploymentTask failed: the answer is not what the contract says: ${complaint}.`,
    })
  })

  it('are taken as they are where nobody judges', async () => {
    const client = createCdnProClient({ username: 'u', apiKey: 'k', fetch: answering(200, { status: 5 }) })
    expect(await client.deployments.get('x')).toEqual({ status: 5 })
  })

  it('are unexpected, in words of our own, where the judge fails', async () => {
    const listDuplicates = (): never => {
      throw new Error('The answer was: hunter2')
    }
    const client = createDigicertClient({ apiKey: 'key', fetch: answering(200, list), validate: { listDuplicates } })
    await expect(client.duplicates.list(1)).rejects.toMatchObject({
      code: 'unexpected_response',
      outcome: 'unknown',
      message: 'listDuplicates failed: the answer is not what the contract says: it could not be read.',
    })
  })

  it.each([null, 'strict', true])('need judges that are an object, and not %j', (odd) => {
    expect(() => createDigicertClient({ apiKey: 'key', validate: odd as never })).toThrow('validate must be an object.')
  })

  it('are those of every operation that answers with JSON', () => {
    expect(Object.keys(digicertValidators)).toContain('getOrder')
    expect(Object.keys(cdnProValidators)).toEqual(expect.arrayContaining(['getCertificateVersion', 'getValidation']))
  })
})
