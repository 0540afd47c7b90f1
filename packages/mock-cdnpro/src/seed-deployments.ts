import { createHash } from 'node:crypto'
import type { StoredProperty, StoredTask, StoredValidation, TaskAction } from './entities.ts'

const dayMs = 24 * 3600 * 1000
const customerId = 20_001_001

const shop = '642c1dc50000000000000a02'
const api = '642c1dc50000000000000a03'
const lab = '642c1dc50000000000000a04'
const www = '642c1dc50000000000000a05'
const legacy = '642c1dc50000000000000a06'

/** The sites that use the seed certificates; all assumed. The last two cannot be deployed as things stand. */
export const seedProperties: readonly StoredProperty[] = [
  toProperty('642c1dc50000000000000b01', 'shop.example.com', shop, 2, { production: 1, staging: 2 }),
  toProperty('642c1dc50000000000000b02', 'api.example.com', api, 1, { production: 1, staging: 1 }),
  toProperty('642c1dc50000000000000b03', 'www.example.com', www, 1, { production: 1, staging: 1 }),
  toProperty('642c1dc50000000000000b04', 'legacy.example.com', legacy, 2, { production: 1 }),
  toProperty('642c1dc50000000000000b05', 'lab.example.net', lab, 1, {}),
  toProperty('642c1dc50000000000000b06', 'deep.eu.shop.example.com', shop, 1, {}),
]

interface SeedTask {
  readonly id: string
  readonly action: TaskAction
  readonly target: StoredTask['target']
  readonly daysAgo: number
  readonly seconds: number
  readonly failure?: string
}

const pastTasks: readonly SeedTask[] = [
  {
    id: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e01',
    action: { action: 'deploy_cert', id: shop, version: '2' },
    target: 'production',
    daysAgo: 99,
    seconds: 236,
  },
  {
    id: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e02',
    action: { action: 'deploy_cert', id: shop, version: 3 },
    target: 'staging',
    daysAgo: 1,
    seconds: 164,
  },
  {
    id: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e03',
    action: { action: 'deploy_cert', id: lab, version: 1 },
    target: 'staging',
    daysAgo: 19,
    seconds: 200,
    failure: 'injected',
  },
]

/** The tasks that a new twin remembers, all finished; assumed. */
export function seedTasks(originMs: number): StoredTask[] {
  return pastTasks.map(({ id, action, target, daysAgo, seconds, failure }) => {
    const submittedAtMs = originMs - daysAgo * dayMs
    const state = failure === undefined ? 'succeeded' : 'failed'
    return {
      id,
      customerId,
      name: undefined,
      webhook: undefined,
      target,
      actions: [action],
      submittedAtMs,
      apiRequestId: createHash('sha256').update(id).digest('hex').slice(0, 16),
      life: { state, sinceMs: submittedAtMs + seconds * 1000, reads: 0 },
      failure,
    }
  })
}

/** The check that came before the second version of the shop went to staging; assumed. */
export function seedValidations(originMs: number): StoredValidation[] {
  const life = { state: 'succeeded', sinceMs: originMs - 2 * dayMs, reads: 0 } as const
  const [{ id: propertyId }] = seedProperties as [StoredProperty]
  const id = '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4f01'
  return [{ id, customerId, propertyId, version: 2, life, missingCertificateId: undefined }]
}

function toProperty(
  id: string,
  hostname: string,
  certificateId: string,
  versionCount: number,
  live: StoredProperty['live'],
): StoredProperty {
  const version = { hostnames: [hostname], configs: { hostnames: [hostname], tlsCertificateId: certificateId } }
  const versions = Array.from({ length: versionCount }, () => version)
  return { id, customerId, versions, live }
}
