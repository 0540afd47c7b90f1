import type { Exchange } from '@certtwin/mock-kit'
import type { DoorName } from './edition.ts'
import { gatewayError, notAuthenticated, type Refusal, serviceError } from './errors.ts'
import { bucketsOfCustomers, type RateLimits, windowsOfOperations } from './rate-limits.ts'
import { type SignatureDiagnosis, type SignatureFailure, tellDiagnosis } from './signature/diagnosis.ts'
import type { CdnProBindings, CdnProSettings, CdnProWorld } from './world.ts'

/** A front door of the service: what stands before the operations, which are the same behind both. */
export interface Door {
  /** The host names that it is reached under; the first one is that of the vendor's examples. */
  readonly hosts: readonly [string, ...string[]]
  /** The response header that names a call, and how many bytes of hex the name has. */
  readonly requestId: { readonly header: string; readonly bytes: number }
  /** Whether a request may be signed with an access key, beside Basic. */
  readonly takesAccessKeys: boolean
  /** The headers that may hold the signed date, in the order in which they count. */
  readonly dateHeaders: readonly string[]
  /** Whether a reseller can act for a child customer; the headers for it are ignored elsewhere. */
  readonly knowsResellers: boolean
  readonly limits: RateLimits
  readonly refusals: DoorRefusals
}

/** How a door words what it refuses itself. */
interface DoorRefusals {
  readonly bodyTooLarge: () => Refusal
  readonly unknownRoute: () => Refusal
  readonly wrongMethod: (allowed: readonly string[]) => Refusal
  readonly signature: (failure: SignatureFailure) => Refusal
}

const gateway: Door = {
  hosts: ['open.chinanetcenter.com', 'api.cdnetworks.com'],
  // The format is unknown; 32 hex digits are assumed.
  requestId: { header: 'x-cnc-request-id', bytes: 16 },
  takesAccessKeys: true,
  dateHeaders: ['x-cnc-date', 'date'],
  knowsResellers: false,
  limits: windowsOfOperations,
  refusals: {
    bodyTooLarge: () => gatewayError(413, 'The request body is too large.', 'body-too-large'),
    unknownRoute: () => gatewayError(404, 'The requested API does not exist.', 'unknown-route'),
    wrongMethod: (allowed) =>
      gatewayError(405, 'The request method is not supported.', 'wrong-method', { Allow: allowed.join(', ') }),
    signature: signatureRefusedAtGateway,
  },
}

const native: Door = {
  hosts: ['ngapi.cdnetworks.com', 'ngapi.quantil.com'],
  requestId: { header: 'Qtl-Request-Id', bytes: 8 },
  takesAccessKeys: false,
  dateHeaders: ['date'],
  knowsResellers: true,
  limits: bucketsOfCustomers,
  refusals: {
    bodyTooLarge: () => serviceError(413, 'PayloadTooLarge', 'The request body is too large.', 'body-too-large'),
    unknownRoute: () => serviceError(404, 'NotFound', 'The requested resource does not exist.', 'unknown-route'),
    wrongMethod: (allowed) =>
      serviceError(405, 'MethodNotAllowed', 'The request method is not supported.', 'wrong-method', {
        Allow: allowed.join(', '),
      }),
    signature: (failure) => notAuthenticated(tellDiagnosis(failure)),
  },
}

export const doors: Readonly<Record<DoorName, Door>> = { gateway, native }

/** The door that a world shows at the moment. */
export function doorOf({ settings }: { readonly settings: CdnProSettings }): Door {
  return doors[settings.door]
}

/** Gives a call its id, which every answer to it carries. */
export function nameCall(world: CdnProWorld, exchange: Exchange): void {
  const { header, bytes } = doorOf(world).requestId
  exchange.headers[header] = world.random.hex(bytes)
}

/**
 * The id under which the service itself knows a call: at the native door the one in the answer's header. Behind the gateway it has
 * one too, which callers see in what the call made, and nowhere else.
 */
export function apiRequestIdOf({ world, exchange }: Pick<CdnProBindings, 'world' | 'exchange'>): string {
  const { header, bytes } = native.requestId
  return exchange.headers[header] ?? world.random.hex(bytes)
}

/** What the gateway says; only the text on an unknown user is on record (one client), the others are assumed. */
const reasons: Partial<Record<SignatureDiagnosis, string>> = {
  'authorization-missing': 'authorization header is missing',
  'authorization-malformed': 'authorization format is wrong',
  'user-unknown': 'account name does not exist',
  'date-missing': 'date header is missing',
  'date-unreadable': 'date format is wrong',
  'date-skew': 'date is expired',
}

/** Of an access key it says the same, whatever is wrong. */
function signatureRefusedAtGateway(failure: SignatureFailure): Refusal {
  const diagnosis = tellDiagnosis(failure)
  if (failure.scheme === 'access-key')
    return gatewayError(462, 'authorization is error! please check signature, accessKey!', diagnosis)
  const reason = reasons[failure.diagnosis] ?? 'password is wrong'
  return gatewayError(401, `The HTTP authorization header is bad: ${reason}.`, diagnosis)
}
