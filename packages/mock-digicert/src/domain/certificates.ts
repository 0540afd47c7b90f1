import type { Certificate } from '../entities.ts'
import { refuse } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import type { Caller } from './callers.ts'
import { normalizeHex } from './hex.ts'
import { parseId } from './orders.ts'

/** @throws Refusal `not_found|certificate` for an unknown certificate and for one of another account alike. */
export function findCertificate(state: State, caller: Caller, pathValue: string): Certificate {
  return requireOwn(state, caller, state.certificates.get(parseId(pathValue) ?? 0))
}

/** Finds a certificate by its id or, once it is issued, its serial number. @throws Refusal `not_found|certificate` */
export function findByIdOrSerial(state: State, caller: Caller, pathValue: string): Certificate {
  const byId = state.certificates.get(parseId(pathValue) ?? 0)
  return requireOwn(state, caller, byId ?? findBySerial(state, pathValue))
}

/** The certificate of a serial number, in any account. */
export function findBySerial({ certificates }: State, text: string): Certificate | undefined {
  const wanted = normalizeHex(text)
  return wanted === ''
    ? undefined
    : [...certificates.values()].find(({ issuance }) => issuance && normalizeHex(issuance.serialNumber) === wanted)
}

function requireOwn({ orders }: State, { account }: Caller, certificate: Certificate | undefined): Certificate {
  if (certificate === undefined) throw refuse('certificate-unknown')
  if (mustGet(orders, certificate.orderId).accountId !== account.id) throw refuse('certificate-of-other-account')
  return certificate
}
