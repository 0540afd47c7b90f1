import type { GenerationName } from './edition.ts'

/** What differs between the generations of the service; documented, unless a member says otherwise. */
export interface Generation {
  /** How a task in progress is spelled. */
  readonly taskInProgress: 'in progress' | 'inprogress'
  /** Whether tasks can be listed by their status. */
  readonly listsByStatus: boolean
  /** Whether the refusal of an unknown id in a task repeats it; for certificates in 2023 this is assumed. */
  readonly repeatsUnknownIds: boolean
  /** With what a property is refused whose certificate has expired or does not fit. */
  readonly unfitCertificate: 400 | 409
  /** Whether a deployed host name keeps a certificate without it from being deployed. */
  readonly guardsDeployedHostnames: boolean
}

export const generations: Readonly<Record<GenerationName, Generation>> = {
  '2023': {
    taskInProgress: 'in progress',
    listsByStatus: false,
    repeatsUnknownIds: false,
    unfitCertificate: 400,
    guardsDeployedHostnames: false,
  },
  current: {
    taskInProgress: 'inprogress',
    listsByStatus: true,
    repeatsUnknownIds: true,
    unfitCertificate: 409,
    guardsDeployedHostnames: true,
  },
}
