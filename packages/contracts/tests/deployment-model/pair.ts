import { deepEqual, equal } from 'node:assert/strict'
import { type CdnProMock, createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock, type TwinClock } from '@certtwin/mock-kit'
import { sign } from '../signing.ts'
import { certificates, DeploymentModel, ids, type Target } from './model.ts'
import type { Step } from './steps.ts'

const start = '2023-04-04T12:53:25Z'

/** A twin and the model of it, which go through the same; whatever they say differently is an AssertionError. */
export class Pair {
  readonly #clock: TwinClock = createManualClock(start)
  readonly #mock: CdnProMock
  readonly #model = new DeploymentModel()
  /** What came of the submissions, by code. */
  readonly seen: string[] = []

  constructor(generation: '2023' | 'current') {
    this.#mock = createCdnProMock({ clock: this.#clock, generation, rateLimits: false, seed: 'model' })
  }

  async go(step: Step): Promise<void> {
    const nowMs = this.#clock.now()
    if (step.kind === 'wait') this.#clock.advance(step.ms)
    if (step.kind === 'submit') await this.#submit(step, nowMs)
    if (step.kind === 'failNext') {
      this.#mock.act('fail-next-tasks', { count: step.count })
      this.#model.failNext(step.count)
    }
    if (step.kind === 'end') this.#end(step, nowMs)
    await this.#compare()
  }

  async #submit({ target, actions, checks }: Extract<Step, { kind: 'submit' }>, nowMs: number): Promise<void> {
    const expected = this.#model.refusalOf(target, actions, checks, nowMs)
    const sent = actions.map(({ id, ...rest }) => ({
      ...rest,
      [rest.action.endsWith('_cert') ? 'certificateId' : 'propertyId']: id,
    }))
    const headers = checks ? {} : { 'Check-Certificate': 'no' }
    const before = this.#mock.snapshot().tables
    const { status, text, location } = await this.#call('/cdn/deploymentTasks', { target, actions: sent }, headers)
    const code = status === 201 ? undefined : (JSON.parse(text) as { code: string }).code
    equal(code, expected)
    this.seen.push(code ?? 'taken')
    if (code !== undefined) deepEqual(this.#mock.snapshot().tables, before)
    else this.#model.submit(new URL(location!).pathname, target as Target, actions, nowMs)
  }

  #end({ as, one }: Extract<Step, { kind: 'end' }>, nowMs: number): void {
    const path = this.#model.openAt(nowMs)[0]?.path
    if (one && path === undefined) return
    const input = one ? { id: path!.split('/').at(-1)! } : {}
    this.#mock.act(as === 'succeeded' ? 'finish-tasks' : 'fail-tasks', input)
    this.#model.end(as, nowMs, one ? path : undefined)
  }

  async #compare(): Promise<void> {
    const nowMs = this.#clock.now()
    const picture = this.#model.pictureAt(nowMs)
    const { taken, shown } = { taken: {} as Record<string, number>, shown: this.#model.tasks.map(this.#told(nowMs)) }
    for (const id of Object.keys(certificates)) {
      const { versionInStaging, versionInProduction } = await this.#read(`/cdn/certificates/${id}`)
      Object.assign(taken, live(id, versionInStaging, versionInProduction))
      deepEqual(this.#stored(id), this.#model.historyOf(id, nowMs))
    }
    for (const [id, hostname] of Object.entries(hostnames)) {
      const { propertyInStaging, propertyInProduction } = await this.#read(`/cdn/hostnames/${hostname}`)
      Object.assign(taken, live(id, versionOf(propertyInStaging), versionOf(propertyInProduction)))
    }
    deepEqual(taken, picture)
    const told: unknown[] = []
    for (const { path } of this.#model.tasks) {
      const { status, finishTime } = await this.#read(path)
      told.push({ status: String(status).replace(/^in ?progress$/, 'at work'), finishTime })
    }
    deepEqual(told, shown)
  }

  #told(nowMs: number): (task: DeploymentModel['tasks'][number]) => object {
    return (task) => {
      const { status, overMs } = this.#model.stateOf(task, nowMs)
      const finishTime = overMs === undefined ? undefined : `${new Date(overMs).toISOString().slice(0, 19)}Z`
      return { status, finishTime }
    }
  }

  #stored(id: string): unknown {
    const [, certificate] = this.#mock.snapshot().tables['certificates']!.find(([key]) => key === id)!
    return (certificate as { deployedVersions: unknown }).deployedVersions
  }

  async #read(path: string): Promise<Record<string, unknown>> {
    return JSON.parse((await this.#call(path)).text) as Record<string, unknown>
  }

  async #call(
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string; location: string | null }> {
    const signature = sign('example_username', 'example_apiKey', new Date(this.#clock.now()).toUTCString())
    const response = await this.#mock.fetch(
      new Request(`https://open.chinanetcenter.com${path}`, {
        headers: { ...signature, 'Content-Type': 'application/json', ...headers },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      }),
    )
    return { status: response.status, text: await response.text(), location: response.headers.get('location') }
  }
}

export const hostnames: Readonly<Record<string, string>> = {
  [ids.shopSite]: 'shop.example.com',
  [ids.labSite]: 'lab.example.net',
  [ids.deepSite]: 'deep.eu.shop.example.com',
}

function versionOf(property: unknown): unknown {
  return (property as { version: number } | null)?.version
}

function live(id: string, staging: unknown, production: unknown): object {
  return {
    ...(staging !== undefined && { [`${id} staging`]: staging }),
    ...(production !== undefined && { [`${id} production`]: production }),
  }
}
