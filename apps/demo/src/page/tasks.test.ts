import { createCdnProClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { expect, it } from 'vitest'
import { listTasks } from './tasks.ts'

const lab = '642c1dc50000000000000a04'

function setup(generation: '2023' | 'current' = '2023') {
  const clock = createManualClock('2026-03-01T12:00:00Z')
  const { fetch, accounts } = createCdnProMock({ clock, generation, rateLimits: false })
  return { clock, cdnpro: createCdnProClient({ ...accounts[0], fetch, now: () => clock.now() }) }
}

it('tells of tasks what they do and how they ended, those that are not over first', async () => {
  for (const generation of ['2023', 'current'] as const) {
    const { clock, cdnpro } = setup(generation)
    const actions = [
      { action: 'deploy_cert', certificateId: lab, version: 2 },
      { action: 'remove_property', propertyId: '642c1dc50000000000000b02' },
    ]
    await cdnpro.deployments.create({ name: 'roll out', target: 'staging', actions })
    clock.advance('7s')
    const { tasks, count } = await listTasks(cdnpro)
    expect(count).toBe(4)
    expect(tasks[0]).toMatchObject({
      name: 'roll out',
      target: 'staging',
      status: 'in progress',
      actions: [`Deploy certificate ${lab}, version 2`, 'Remove property 642c1dc50000000000000b02'],
      submittedAt: '2026-03-01T12:00:00Z',
      finishedAt: undefined,
      details: undefined,
    })
    expect(tasks[1]).toMatchObject({
      name: undefined,
      status: 'succeeded',
      finishedAt: '2026-02-28T12:02:44Z',
      details: 'Task has successfully finished',
    })
  }
})

it('shows ten tasks, and how many there are', async () => {
  const { clock, cdnpro } = setup()
  const actions = [{ action: 'deploy_cert', certificateId: lab, version: 2 }]
  for (let task = 0; task < 9; task++) {
    await cdnpro.deployments.create({ target: 'staging', actions })
    clock.advance('20s')
  }
  const { tasks, count } = await listTasks(cdnpro)
  expect([tasks.length, count]).toEqual([10, 12])
})

it('takes a task with an empty time of its end for one that goes on', async () => {
  const { cdnpro } = setup()
  const get = async (id: string) => ({ ...(await cdnpro.deployments.get(id)), finishTime: '' })
  const { tasks } = await listTasks({ ...cdnpro, deployments: { ...cdnpro.deployments, get } })
  expect(tasks[0]!.finishedAt).toBeUndefined()
})
