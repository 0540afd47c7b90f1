import type { GenerationName } from './edition.ts'

/** What differs between the generations of the service; documented, unless a member says otherwise. */
export interface Generation {
  /** How a task in progress is spelled. */
  readonly taskInProgress: 'in progress' | 'inprogress'
}

export const generations: Readonly<Record<GenerationName, Generation>> = {
  '2023': {
    taskInProgress: 'in progress',
  },
  current: {
    taskInProgress: 'inprogress',
  },
}
