import { gatewayError, notPermitted, notProvisioned, type Refusal } from './errors.ts'
import { checkSignature, type SignatureCheck } from './signature.ts'
import type { SignatureDiagnosis } from './signature-diagnosis.ts'
import type { CdnProBindings } from './world.ts'

/** What the gateway says; only the text on an unknown user is on record (one client), the others are assumed. */
const reasons: Partial<Record<SignatureDiagnosis, string>> = {
  'authorization-missing': 'authorization header is missing',
  'authorization-malformed': 'authorization format is wrong',
  'user-unknown': 'account name does not exist',
  'date-missing': 'date header is missing',
  'date-unreadable': 'date format is wrong',
  'date-skew': 'date is expired',
}

/** Lets a request pass whose signature is right; the others get the gateway's answer, the journal the exact reason. */
export function authenticate(env: CdnProBindings, { headers }: Request): void {
  const { world, exchange } = env
  const check = checkSignature(headers, world, world.clock.now())
  if (!check.ok) throw signatureRefused(check)
  exchange.account = check.user.username
  env.account = check.user
}

/** Refuses accounts without the service, and changes by accounts that may only read. */
export function requirePermission({ account: { access } }: CdnProBindings, { method }: Request): void {
  if (access === 'none') throw notProvisioned()
  if (access === 'read-only' && method !== 'GET') throw notPermitted('account-read-only')
}

function signatureRefused({ diagnosis, skewSeconds }: Extract<SignatureCheck, { ok: false }>): Refusal {
  const result = `The HTTP authorization header is bad: ${reasons[diagnosis] ?? 'password is wrong'}.`
  return gatewayError(401, result, skewSeconds === undefined ? diagnosis : `${diagnosis}: ${withSign(skewSeconds)} s`)
}

function withSign(seconds: number): string {
  return seconds > 0 ? `+${seconds}` : String(seconds)
}
