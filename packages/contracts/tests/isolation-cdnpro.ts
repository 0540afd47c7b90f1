// A case of the isolation test at the CDN Pro twin: random operations in a world of its own, and a model of what is to be there.
import { partialDeepStrictEqual } from 'node:assert/strict'
import { createRandom, type Random } from '@certtwin/mock-kit'
import { pick, type Place, WorldModel } from './isolation-case.ts'
import { sign } from './signing.ts'

type Target = 'staging' | 'production'

interface Task {
  readonly path: string
  readonly target: Target
  readonly version: number
  readonly submittedMs: number
}

const shop = '/cdn/certificates/642c1dc50000000000000a02'
const certificateId = shop.slice(-24)
const targets = ['staging', 'production'] as const
const versions = [1, 2, 3] as const
const names = ['one', 'two', 'three'] as const
/** When a task is at work, and when it is done. */
const [workingMs, doneMs] = [5000, 20_000]

/** @returns how many calls of the API were made */
export async function playCdnPro(place: Place, seed: string, steps: number): Promise<number> {
  const random = createRandom(seed)
  const model = new CdnProModel(place)
  const operations = [
    () => model.deploy(pick(random, targets), pick(random, versions)),
    () => model.readTask(random),
    () => model.readVersion(pick(random, versions)),
    () => model.create(pick(random, names)),
    () => model.describe(`text ${random.hex(4)}`),
    () => model.readCertificate(),
    () => model.world.advance(pick(random, [1000, 4000, 16_000, 2_400_000, 26 * 3_600_000])),
    () => model.world.fail(pick(random, ['getCertificate', 'createCertificate']), pick(random, [1, 2, 3])),
  ]
  for (let step = 0; step < steps; step++) await (random.fraction() < 0.04 ? model.reset() : pick(random, operations)())
  for (const version of versions) await model.readVersion(version)
  await model.readCertificate()
  await model.world.verify()
  return model.world.calls
}

/** What the twin's own data says of the certificate. */
const documented = { description: 'three versions, three deployment pictures', live: { production: 2, staging: 3 } }

class CdnProModel {
  readonly world: WorldModel
  #description = documented.description
  #tasks: Task[] = []
  #taken = new Set<string>()

  constructor(place: Place) {
    const username = `example_username.${place.world}`
    this.world = new WorldModel(place, (nowMs) => sign(username, 'example_apiKey', new Date(nowMs).toUTCString()))
  }

  async deploy(target: Target, version: number): Promise<void> {
    const isOpen = this.#tasks.some((task) => task.target === target && this.#ageOf(task) < doneMs)
    const body = { target, actions: [{ action: 'deploy_cert', certificateId, version }] }
    const sent = { operation: 'createDeploymentTask', path: '/cdn/deploymentTasks', method: 'POST', body }
    const response = await this.world.call({ ...sent, status: isOpen ? 400 : 201 })
    if (response?.status !== 201) return
    const path = new URL(response.headers.get('location')!).pathname
    this.#tasks.push({ path, target, version, submittedMs: this.world.nowMs })
  }

  /** Reads any of the tasks. */
  async readTask(random: Random): Promise<void> {
    if (this.#tasks.length === 0) return
    const task = pick(random, this.#tasks)
    const response = await this.world.call({ operation: 'getDeploymentTask', path: task.path, status: 200 })
    const status = this.#ageOf(task) < workingMs ? 'waiting' : 'in progress'
    partialDeepStrictEqual(await response?.json(), {
      status: this.#ageOf(task) < doneMs ? status : 'succeeded',
      target: task.target,
      submissionTime: new Date(task.submittedMs).toISOString().replace('.000Z', 'Z'),
    })
  }

  async readVersion(version: number): Promise<void> {
    const path = `${shop}/versions/${version}`
    const response = await this.world.call({ operation: 'getCertificateVersion', path, status: 200 })
    const [inStaging, inProduction] = targets.map((target) => this.#liveIn(target) === version)
    partialDeepStrictEqual(await response?.json(), { version, inStaging, inProduction })
  }

  /** A name is free once in a world. */
  async create(name: string): Promise<void> {
    const identificationInfo = { commonName: 'lab.example.net', subjectAlternativeNames: ['lab.example.net'] }
    const body = { name, newVersion: { certificate: 'GENERATE', privateKey: 'ECC256', identificationInfo } }
    const sent = { operation: 'createCertificate', path: '/cdn/certificates', method: 'POST', body }
    const response = await this.world.call({ ...sent, status: this.#taken.has(name) ? 409 : 201 })
    if (response?.status === 201) this.#taken.add(name)
  }

  async describe(description: string): Promise<void> {
    const sent = { operation: 'updateCertificate', path: shop, method: 'PATCH', body: { description } }
    await this.world.call({ ...sent, status: 201 })
    this.#description = description
  }

  async readCertificate(): Promise<void> {
    const response = await this.world.call({ operation: 'getCertificate', path: shop, status: 200 })
    if (response === undefined) return
    const [versionInStaging, versionInProduction] = targets.map((target) => this.#liveIn(target))
    const description = this.#description
    partialDeepStrictEqual(await response.json(), { description, versionInStaging, versionInProduction })
  }

  async reset(): Promise<void> {
    await this.world.reset()
    this.#description = documented.description
    this.#tasks = []
    this.#taken = new Set()
  }

  #ageOf({ submittedMs }: Task): number {
    return this.world.nowMs - submittedMs
  }

  #liveIn(target: Target): number {
    const last = this.#tasks.findLast((task) => task.target === target && this.#ageOf(task) >= doneMs)
    return last?.version ?? documented.live[target]
  }
}
