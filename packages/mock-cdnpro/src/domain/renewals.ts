import type { StoredCertificate } from '../entities.ts'
import type { CdnProWorld } from '../world.ts'
import { latestOf } from './certificates.ts'
import { obstacleTo, renewCertificate } from './renewal.ts'
import { advanceTasks } from './task-life.ts'

/** How long before it expires a certificate is due: by the vendor's guide, where the text of the field says 15 days. */
const dueBeforeExpiryMs = 25 * 24 * 3600 * 1000

/** Within this time the service renews what is due (documented); the twin takes all of it. */
const delayMs = 3600 * 1000

interface Renewal {
  readonly certificateId: string
  readonly atMs: number
}

/**
 * Renews by the clock what has been due for an hour, each at its moment and in the order of these, with the deployment tasks done
 * that were done by then.
 */
export function renewDue(world: CdnProWorld): void {
  const { state, settings, clock } = world
  const nowMs = clock.now()
  for (let untilMs = 0; untilMs < nowMs;) {
    untilMs = Math.min(nextRenewal(world)?.atMs ?? nowMs, nowMs)
    advanceTasks(state, settings.lifecycle, untilMs)
    // What a task has just made live may be due before anything else.
    for (let next = nextRenewal(world); next !== undefined && next.atMs <= untilMs; next = nextRenewal(world))
      renewCertificate(world, next.certificateId, next.atMs)
  }
}

function nextRenewal(world: CdnProWorld): Renewal | undefined {
  let next: Renewal | undefined
  for (const certificate of world.state.certificates.values()) {
    if (certificate.autoRenew !== 'LE' || obstacleTo(world, certificate) !== undefined) continue
    const atMs = dueAtMs(world, certificate) + delayMs
    if (next === undefined || atMs < next.atMs) next = { certificateId: certificate.id, atMs }
  }
  return next
}

/** Not before somebody asked for it, there was the version, and it went into production. */
function dueAtMs(world: CdnProWorld, certificate: StoredCertificate): number {
  const { renewalSetAtMs, forceRenew } = certificate
  const latest = latestOf(certificate)
  const expiring = forceRenew ? 0 : latest.certificate!.expiresAtMs - dueBeforeExpiryMs
  return Math.max(expiring, renewalSetAtMs, latest.createdAtMs, deployedAtMs(world, certificate))
}

/** When it last went into production; 0 where no task tells, as for what the world began with. */
function deployedAtMs({ state }: CdnProWorld, { id }: StoredCertificate): number {
  let lastMs = 0
  for (const { target, life, actions } of state.tasks.values()) {
    if (target !== 'production' || life.state !== 'succeeded' || life.sinceMs <= lastMs) continue
    if (actions.some((action) => action.action === 'deploy_cert' && action.id === id)) lastMs = life.sinceMs
  }
  return lastMs
}
