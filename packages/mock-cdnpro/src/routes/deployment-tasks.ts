import { answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { answerCreated } from '../answer-created.ts'
import { createDeploymentTaskBody } from '../body-shapes.ts'
import { editionOf } from '../edition.ts'
import { createTask, getTask } from '../domain/deployments.ts'
import { apiRequestIdOf } from '../doors.ts'
import { reportedUser } from '../delegation.ts'
import { countRead } from '../domain/task-life.ts'
import { listTasks } from '../domain/task-list.ts'
import { readRequestBody } from '../request-body.ts'
import { toTaskListView, toTaskView } from '../views/deployment-tasks.ts'
import type { CdnProEnv } from '../world.ts'

export const deploymentTasks: Hono<CdnProEnv> = new Hono()

deploymentTasks.post('/', (context) => {
  const input = readRequestBody(context, createDeploymentTaskBody)
  const { world } = context.env
  const checksCertificate = context.req.header('check-certificate')?.toLowerCase() !== 'no'
  const { id } = createTask(world.state, context.env.account, input, {
    ...world,
    edition: editionOf(world),
    checksCertificate,
    apiRequestId: apiRequestIdOf(context.env),
  })
  return answerCreated(context, `/cdn/deploymentTasks/${id}`)
})

deploymentTasks.get('/', (context) => {
  const { world } = context.env
  const { searchParams } = new URL(context.req.url)
  const edition = editionOf(world)
  const tasks = listTasks(world.state, reportedUser(context), searchParams, edition)
  return answerJson(context, toTaskListView(tasks, edition))
})

deploymentTasks.get('/:id', (context) => {
  const { world } = context.env
  const { state, settings, clock } = world
  const task = getTask(state, context.env.account, context.req.param('id'))
  const view = toTaskView(task, editionOf(world))
  countRead(state, settings.lifecycle, task, clock.now())
  return answerJson(context, view)
})
