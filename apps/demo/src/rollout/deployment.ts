import { createPrivateKey } from 'node:crypto'
import { isCerttwinError } from '@certtwin/core'
import type { NewVersion } from '@certtwin/core/cdnpro'
import type { RolloutContext, RolloutPlan } from './plan.ts'
import type { IssuedDuplicate, UploadedVersion } from './receipt.ts'
import { compareVersion, type Target } from './verification.ts'

/**
 * Sees before anything is requested that the certificate at CDN Pro is there and would take a version with this key: it takes no
 * other kind of key than that of its latest version.
 *
 * @throws Error when it would not
 */
export async function requireTaker(certificateId: string, { cdnpro, keyPair }: RolloutContext): Promise<void> {
  const { versions } = await cdnpro.certificates.get(certificateId)
  const latest = Math.max(...versions.map(({ version }) => version))
  const { algorithm } = await cdnpro.versions.get(certificateId, latest)
  const own = createPrivateKey(keyPair.privateKey).asymmetricKeyType === 'rsa' ? 'RSA' : 'ECC'
  if (algorithm === own) return
  throw new Error(
    `Certificate ${certificateId} at CDN Pro takes ${algorithm ?? 'no'} keys, and the key of this run is ${own}: give another key, or another certificate.`,
  )
}

/** Stores the issued certificate at CDN Pro, as a new certificate or as a version of the given one. */
export async function upload(plan: RolloutPlan, { cdnpro, keyPair, progress }: RolloutContext): Promise<void> {
  const { uploaded, duplicate } = progress.receipt
  if (uploaded !== undefined) return
  const issued = duplicate!
  progress.tell('upload', 'started', 'Uploading the certificate; its private key is encrypted on the way.')
  const newVersion: NewVersion = {
    certificate: issued.chain[0]!,
    chainCert: issued.chain.slice(1).join(''),
    privateKey: keyPair.privateKey,
    comments: `DigiCert order ${plan.orderId}, certificate ${issued.certificateId}`,
  }
  const version = await (plan.certificateId === undefined
    ? createCertificate(cdnpro, issued, newVersion)
    : addVersion(cdnpro, plan.certificateId, newVersion))
  const text = `Stored at CDN Pro as version ${version.version} of certificate ${version.certificateId}.`
  progress.tell('upload', 'done', text, { uploaded: version })
}

type CdnPro = RolloutContext['cdnpro']

async function createCertificate(
  cdnpro: CdnPro,
  issued: IssuedDuplicate,
  newVersion: NewVersion,
): Promise<UploadedVersion> {
  const name = `${issued.commonName} ${issued.serialNumber}`
  const certificateId = await cdnpro.certificates.create({ name, newVersion }).catch((error: unknown) => {
    if (!isCerttwinError(error) || error.code !== 'conflict') throw error
    throw new Error(
      `CDN Pro has a certificate named ${name} already. It was uploaded before: name its id with --certificate.`,
    )
  })
  return { certificateId, name, version: 1 }
}

async function addVersion(cdnpro: CdnPro, certificateId: string, newVersion: NewVersion): Promise<UploadedVersion> {
  const version = await cdnpro.certificates.update(certificateId, { newVersion })
  if (version === undefined)
    throw new Error(`CDN Pro did not say which version of certificate ${certificateId} was added.`)
  return { certificateId, name: undefined, version }
}

/** Makes the version live in a target and sees for itself that it is: a task that says succeeded is not enough. */
export async function deploy(target: Target, context: RolloutContext): Promise<void> {
  const { progress } = context
  if (progress.receipt.deployments.some((deployment) => deployment.target === target)) return
  const taskId = await runTask(target, context)
  progress.tell(`verify-${target}`, 'started', `Comparing what is live in ${target} with what was issued.`)
  await verify(target, context)
  const deployments = [...progress.receipt.deployments, { target, taskId }]
  progress.tell(`verify-${target}`, 'done', `The certificate that is live in ${target} is the one that was issued.`, {
    deployments,
    openTask: undefined,
  })
}

/** Sees a task to its end: the one that an earlier run submitted, or a new one. */
async function runTask(target: Target, context: RolloutContext): Promise<string> {
  const { cdnpro, progress, pollMs, signal } = context
  const { openTask } = progress.receipt
  const taskId = openTask?.target === target ? openTask.taskId : await submitTask(target, context)
  progress.tell(`deploy-${target}`, 'waiting', `Deployment task ${taskId} is under way.`, {
    openTask: { target, taskId },
  })
  await cdnpro.deployments.waitForSuccess(taskId, { pollMs, ...(signal && { signal }) }).catch((error: unknown) => {
    const isOver = isCerttwinError(error) && error.code === 'deployment_failed'
    if (isOver)
      progress.tell(`deploy-${target}`, 'waiting', `Deployment task ${taskId} has failed.`, { openTask: undefined })
    throw error
  })
  progress.tell(`deploy-${target}`, 'done', `Deployment task ${taskId} says it succeeded.`)
  return taskId
}

function submitTask(target: Target, { cdnpro, progress }: RolloutContext): Promise<string> {
  const { certificateId, version } = progress.receipt.uploaded!
  progress.tell(`deploy-${target}`, 'started', `Deploying version ${version} of ${certificateId} to ${target}.`)
  const action = { action: 'deploy_cert', certificateId, version }
  return cdnpro.deployments.create({ name: `certtwin ${target}`, target, actions: [action] })
}

async function verify(target: Target, { cdnpro, progress }: RolloutContext): Promise<void> {
  const { uploaded, duplicate } = progress.receipt
  const version = await cdnpro.versions.get(uploaded!.certificateId, uploaded!.version)
  const differences = compareVersion(duplicate!.chain[0]!, version, target)
  if (differences.length === 0) return
  const list = differences.map(({ field, issued, deployed }) => `${field} is ${deployed}, issued was ${issued}`)
  throw new Error(`What is live in ${target} is not what was issued: ${list.join('; ')}.`)
}
