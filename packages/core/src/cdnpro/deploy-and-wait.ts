import { fail } from '../errors.ts'
import { splitPem } from '../pem.ts'
import type { WaitOptions } from '../transport/poll.ts'
import { type CallOptions, invalid } from '../transport/options.ts'
import type { CertificateVersion, CreateDeploymentTask, DeploymentTask } from './api.generated.ts'
import { fromBase64, toHex } from '../bytes.ts'
import { namingTask } from './naming-task.ts'
import type { Versions } from './versions.ts'

/** What is to be live where. */
export interface Deployment {
  /** The id that `certificates.create()` returned. */
  readonly certificateId: string
  /** The number of the version. */
  readonly version: number
  /** The environment. */
  readonly target: 'staging' | 'production'
  /** A name for the task. */
  readonly name?: string
  /**
   * The certificate as PEM, its chain behind it or not: then what is live must have its fingerprint. Without it the fingerprint is
   * compared with the one that the version had before.
   */
  readonly certificate?: string
}

/** What came of it: the task, and the version as it was read afterwards. */
export interface Deployed {
  /** The id of the task. */
  readonly taskId: string
  /** The task as it ended. */
  readonly task: DeploymentTask
  /** The version as it was read afterwards. */
  readonly version: CertificateVersion
}

interface Steps {
  create(task: CreateDeploymentTask, options: CallOptions): Promise<string>
  waitForSuccess(taskId: string, options: WaitOptions): Promise<DeploymentTask>
  readonly versions: Versions
}

/** As `Deployments` promises it, in the steps that a caller could go, too. */
export async function deployAndWait(steps: Steps, deployment: Deployment, options: WaitOptions): Promise<Deployed> {
  const { certificateId, version: number, target, name, certificate } = deployment
  const { pollMs: _pollMs, deadlineMs: _deadlineMs, ...call } = options
  const read = (): Promise<CertificateVersion> => steps.versions.get(certificateId, number, call)
  const fingerprints =
    certificate === undefined ? [(await read()).fingerprint] : await fingerprintsOf(derOf(certificate))
  const actions = [{ action: 'deploy_cert', certificateId, version: number }]
  const taskId = await steps.create({ ...(name !== undefined && { name }), target, actions }, call)
  const prove = async (): Promise<Deployed> => {
    const task = await steps.waitForSuccess(taskId, options)
    const version = await read()
    const isLive = target === 'staging' ? version.inStaging : version.inProduction
    const isMeant = fingerprints.includes(version.fingerprint)
    if (isLive && isMeant) return { taskId, task, version }
    const complaint = isLive ? 'holds another certificate' : 'is not live'
    const message = `Deployment task ${taskId} succeeded, but version ${number} of ${certificateId} ${complaint} in ${target}.`
    throw fail('deployment_failed', message, 'unknown')
  }
  return namingTask(taskId, prove, true)
}

/** In both kinds, since it depends on the service which of them it shows. */
function fingerprintsOf(der: Uint8Array<ArrayBuffer>): Promise<readonly (string | undefined)[]> {
  return Promise.all(['SHA-1', 'SHA-256'].map(async (hash) => toHex(await crypto.subtle.digest(hash, der))))
}

/** @throws CerttwinError `invalid_options` */
function derOf(pem: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(splitPem(pem)[0]!.replaceAll(/-----[^-]*-----|\s/g, ''))
  } catch {
    throw invalid('certificate must hold a certificate as PEM.')
  }
}
