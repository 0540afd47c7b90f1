import { createCall } from '../transport/call.ts'
import { requireCredential } from '../transport/credential.ts'
import { type ClientOptions, aFunction, invalid, requireOptions, type Rules } from '../transport/options.ts'
import { anAccessKey, cdnProAuth, type CdnProCredentials, aUsername } from './auth.ts'
import { type Certificates, createCertificates } from './certificates.ts'
import { createDeployments, type Deployments } from './deployments.ts'
import { cdnProDialect } from './dialect.ts'
import { type Door, type DoorName, doors } from './doors.ts'
import { createHostnames, type Hostnames } from './hostnames.ts'
import { createProperties, type Properties } from './properties.ts'
import { createValidations, type Validations } from './validations.ts'
import { createVersions, type Versions } from './versions.ts'
import type { Routes } from './routes.generated.ts'

/** What makes a client of CDN Pro: credentials, the door, and what both clients take. */
export interface CdnProClientOptions extends ClientOptions, CdnProCredentials {
  /** The front door of the service that `baseUrl` leads to: `gateway` unless told otherwise, or `native`, its own hosts. */
  readonly door?: DoorName
  /** The time in milliseconds since the epoch, for signatures; the platform's clock unless told otherwise. */
  readonly now?: () => number
}

/**
 * A client of CDN Pro's certificate API, grouped by resource.
 *
 * Whatever fails is a `CerttwinError`. Any call may fail with `invalid_options`, `unauthorized`, `forbidden`, `invalid_request`,
 * `rate_limited`, `server_error`, `network`, `timeout`, `aborted` and `unexpected_response`; what a call has beside them stands with it.
 */
export interface CdnProClient {
  /** Names with versions, each of which is a certificate with its key. */
  readonly certificates: Certificates
  /** Single versions: what is in them, and where they are live. */
  readonly versions: Versions
  /** Tasks that make versions live. */
  readonly deployments: Deployments
  /** What serves a host name. */
  readonly hostnames: Hostnames
  /** Versions of properties, which name a certificate. */
  readonly properties: Properties
  /** Checks of versions of properties. */
  readonly validations: Validations
}

/**
 * Makes a client of CDN Pro's certificate API.
 *
 * @throws CerttwinError `invalid_options` with the name of the option that cannot be used, `unsupported_runtime` where the platform has no
 *   WebCrypto
 * @example
 * ```ts
 * const cdnpro = createCdnProClient({ username, apiKey })
 * const version = await cdnpro.versions.get('9fddeb2fea3ed5b52d89d81d', 1)
 * console.log(version.expirationTime, version.inProduction)
 * ```
 * @see https://docs.cdnetworks.com/en/cdn/docs/portal/certificates/overview
 */
export function createCdnProClient(options: CdnProClientOptions): CdnProClient {
  requireOptions(options, rules)
  const door = doors[options.door ?? 'gateway']
  requireCredentials(options, door)
  const auth = cdnProAuth(options, door, options.now)
  const service = { baseUrl: door.baseUrl, auth, dialect: cdnProDialect(door) }
  const call = createCall<Routes>(options, service)
  const versions = createVersions(call)
  return {
    certificates: createCertificates(call),
    versions,
    deployments: createDeployments(call, versions),
    hostnames: createHostnames(call),
    properties: createProperties(call),
    validations: createValidations(call),
  }
}

const rules: Rules<CdnProClientOptions> = {
  door: [(name: string) => Object.hasOwn(doors, name), "'gateway' or 'native'"],
  now: aFunction,
}

function requireCredentials({ username, apiKey, accessKey, secretKey }: CdnProCredentials, door: Door): void {
  requireCredential('username', username, aUsername)
  requireCredential('apiKey', apiKey)
  if (accessKey === undefined && secretKey === undefined) return
  if (!door.takesAccessKeys) throw invalid('accessKey and secretKey must be left out at the native door.')
  requireCredential('accessKey', accessKey, anAccessKey)
  requireCredential('secretKey', secretKey)
}
