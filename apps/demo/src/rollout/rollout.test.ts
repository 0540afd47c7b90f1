import { type CdnProClient, createCdnProClient, createDigicertClient, type DigicertClient } from '@certtwin/core'
import { describe, expect, it } from 'vitest'
import { createTwins } from '../twins.ts'
import { createKeyPair } from './key-pair.ts'
import type { RolloutContext, RolloutPlan } from './plan.ts'
import { createProgress } from './progress.ts'
import { runRollout } from './rollout.ts'

// What a run does when a service lies or fails: it trusts no answer that it can check.

const plan: RolloutPlan = {
  orderId: 1234567,
  commonName: 'www.digicert.com',
  dnsNames: undefined,
  signatureHash: 'sha256',
  serverPlatformId: undefined,
  certificateId: undefined,
  targets: ['staging'],
}

interface Liars {
  readonly digicert?: (honest: DigicertClient) => DigicertClient
  readonly cdnpro?: (honest: CdnProClient) => CdnProClient
}

async function setup({ digicert = (honest) => honest, cdnpro = (honest) => honest }: Liars = {}): Promise<
  RolloutContext & { twins: ReturnType<typeof createTwins> }
> {
  const twins = createTwins('at-once')
  const [{ username, apiKey }] = twins.cdnpro.accounts
  return {
    twins,
    digicert: digicert(
      createDigicertClient({ apiKey: twins.digicert.accounts[0].apiKey, fetch: twins.digicert.fetch }),
    ),
    cdnpro: cdnpro(createCdnProClient({ username, apiKey, fetch: twins.cdnpro.fetch })),
    keyPair: await createKeyPair(plan.commonName),
    progress: createProgress({ orderId: plan.orderId, deployments: [] }, () => {}),
    pollMs: 0,
    issuanceDeadlineMs: 0,
    approval: async () => 'stop',
  }
}

describe('a run', () => {
  it('stores the whole chain', async () => {
    const context = await setup()
    const { uploaded } = await runRollout(plan, context)
    const version = await context.cdnpro.versions.get(uploaded!.certificateId, uploaded!.version)
    expect(version.chainCertificates?.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('CN=DigiCert SHA2 Extended Validation Server CA'),
      expect.stringContaining('CN=DigiCert High Assurance EV Root CA'),
    ])
  })

  it('refuses a certificate for another key, and uploads nothing', async () => {
    const other = await createKeyPair(plan.commonName)
    const context = await setup({
      digicert: (honest) => ({
        ...honest,
        duplicates: {
          ...honest.duplicates,
          create: (orderId, { certificate }) =>
            honest.duplicates.create(orderId, { certificate: { ...certificate, csr: other.csr } }),
        },
      }),
    })
    await expect(runRollout(plan, context)).rejects.toThrow(
      'Certificate 987654321 was issued for another key than the one in the signing request.',
    )
    expect(context.twins.cdnpro.requests).toEqual([])
  })

  it.each([
    ['nope', 'getCertificate failed: status 404, InvalidCertId'],
    ['642c1dc50000000000000a02', 'at CDN Pro takes RSA keys, and the key of this run is ECC: give another key'],
  ])('requests nothing for certificate %s, which would not take the result', async (certificateId, complaint) => {
    const context = await setup()
    await expect(runRollout({ ...plan, certificateId }, context)).rejects.toThrow(complaint)
    expect(context.twins.digicert.requests).toEqual([])
  })

  it.each([
    ['fingerprint', { fingerprint: '0'.repeat(40) }],
    ['inStaging', { inStaging: false }],
  ])('does not believe a task that succeeded when the version has another %s', async (field, lie) => {
    const context = await setup({
      cdnpro: (honest) => ({
        ...honest,
        versions: {
          ...honest.versions,
          get: async (id, version) => ({ ...(await honest.versions.get(id, version)), ...lie }),
        },
      }),
    })
    const run = runRollout(plan, context)
    await expect(run).rejects.toThrow(
      `What is live in staging is not what was issued: ${field} is ${String(Object.values(lie)[0])}`,
    )
    await expect(run).rejects.toMatchObject({ receipt: { deployments: [], openTask: { target: 'staging' } } })
  })

  it('waits for the task of an earlier run instead of submitting another one', async () => {
    const context = await setup({
      cdnpro: (honest) => {
        let attempts = 0
        const { deployments } = honest
        const waitForSuccess: typeof deployments.waitForSuccess = (id, options) =>
          attempts++ === 0 ? Promise.reject(new Error('killed')) : deployments.waitForSuccess(id, options)
        return { ...honest, deployments: { ...deployments, waitForSuccess } }
      },
    })
    await expect(runRollout(plan, context)).rejects.toThrow('killed')
    const { deployments } = await runRollout(plan, context)
    expect(deployments).toMatchObject([{ target: 'staging' }])
    const submitted = context.twins.cdnpro.requests.filter(({ operation }) => operation === 'createDeploymentTask')
    expect(submitted).toHaveLength(1)
  })
})
