import type { RolloutPlan } from '../rollout/plan.ts'
import { type Run, type RunSettings, startRun } from './run.ts'

/** The runs of this process, newest last; only so many are remembered. */
export interface Runs {
  start(plan: RolloutPlan): Run
  get(id: number): Run | undefined
  list(): readonly Run[]
  /** Ends all runs. */
  close(): void
}

const remembered = 50

export function createRuns(settings: RunSettings): Runs {
  const runs = new Map<number, Run>()
  const end = new AbortController()
  let lastId = 0
  return {
    start(plan) {
      const run = startRun(++lastId, plan, settings, end.signal)
      runs.set(lastId, run).delete(lastId - remembered)
      return run
    },
    get: (id) => runs.get(id),
    list: () => [...runs.values()],
    close: () => end.abort(),
  }
}
