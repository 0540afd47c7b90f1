import { type Action, ControlError } from '@certtwin/mock-kit'
import { actionForms, type ActionInputs } from './control-actions.generated.ts'
import { renewCertificate } from './domain/renewal.ts'
import { advanceTasks, failTask, finishTask, isFinal } from './domain/task-life.ts'
import type { StoredTask } from './entities.ts'
import type { CdnProWorld } from './world.ts'

type ActionName = keyof ActionInputs

/** What each action does, and what it tells; summary and input come from the document. */
const runs: { readonly [Name in ActionName]: (world: CdnProWorld, input: ActionInputs[Name]) => object } = {
  'finish-tasks': (world, { id }) => {
    const tasks = openTasks(world, id)
    for (const task of tasks) finishTask(world.state, task, world.clock.now())
    return { tasks: tasks.map(idOf) }
  },
  'fail-tasks': (world, { id, reason = 'injected' }) => {
    const tasks = openTasks(world, id)
    for (const task of tasks) failTask(world.state, task, world.clock.now(), reason)
    return { tasks: tasks.map(idOf) }
  },
  'fail-next-tasks': ({ state }, { count, reason = 'injected' }) => {
    state.taskPlans.set('next', { failures: count, reason })
    return { count }
  },
  'renew-certificate': (world, { certificateId }) => ({ version: renewCertificate(world, certificateId) }),
}

export const actions: Readonly<Record<ActionName, Action<CdnProWorld>>> = Object.fromEntries(
  Object.entries(runs).map(([name, run]) => [name, { ...actionForms[name as ActionName], run }]),
) as Record<ActionName, Action<CdnProWorld>>

/** Those that are still open by now: all of them, or the one that is meant. */
function openTasks(world: CdnProWorld, id: string | undefined): StoredTask[] {
  const { state, settings, clock } = world
  advanceTasks(state, settings.lifecycle, clock.now())
  if (id === undefined) return state.tasks.group('open')
  const task = state.tasks.get(id)
  if (task === undefined) throw new ControlError(`There is no deployment task ${id}: leave the id out to mean all.`)
  if (isFinal(task.life.state))
    throw new ControlError(`Deployment task ${id} has ${task.life.state}: choose an open one.`)
  return [task]
}

function idOf({ id }: StoredTask): string {
  return id
}
