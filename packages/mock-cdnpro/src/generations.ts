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
  readonly versionsPerCertificate: number
  /** Versions that were stored from then on show a SHA-256 fingerprint, older ones SHA-1. */
  readonly sha256FingerprintsFromMs: number
  /** Whether the lines of PEM must have a certain length and end. */
  readonly judgesPemLines: boolean
  /** Whether there are certificates to verify clients by, which hold authorities alone. */
  readonly hasCaOnly: boolean
  /** Whether `latest` names a version. */
  readonly knowsLatest: boolean
  /** Whether `shareWith` must say with whom, where that is some. */
  readonly requiresShareWith: boolean
}

export const generations: Readonly<Record<GenerationName, Generation>> = {
  '2023': {
    taskInProgress: 'in progress',
    listsByStatus: false,
    repeatsUnknownIds: false,
    unfitCertificate: 400,
    guardsDeployedHostnames: false,
    versionsPerCertificate: 500,
    sha256FingerprintsFromMs: Number.POSITIVE_INFINITY,
    judgesPemLines: false,
    hasCaOnly: false,
    knowsLatest: false,
    requiresShareWith: false,
  },
  current: {
    taskInProgress: 'inprogress',
    listsByStatus: true,
    repeatsUnknownIds: true,
    unfitCertificate: 409,
    guardsDeployedHostnames: true,
    versionsPerCertificate: 1000,
    sha256FingerprintsFromMs: Date.parse('2025-11-26T00:00:00Z'),
    judgesPemLines: true,
    hasCaOnly: true,
    knowsLatest: true,
    requiresShareWith: true,
  },
}
