import { createCall } from '../transport/call.ts'
import { type Credential, parseCredential } from '../transport/credential.ts'
import { type ClientOptions, invalid, parseFunction } from '../transport/options.ts'
import { createTransport } from '../transport/transport.ts'
import type { operations } from './api.generated.ts'
import { accessKeyForm, cdnProAuth, type CdnProCredentials } from './auth.ts'
import { type Certificates, createCertificates } from './certificates.ts'
import { createDeployments, type Deployments } from './deployments.ts'
import { cdnProDialect } from './dialect.ts'
import { type Door, type DoorName, doors } from './doors.ts'
import { createHostnames, type Hostnames } from './hostnames.ts'
import { createProperties, type Properties } from './properties.ts'
import { routes } from './routes.generated.ts'
import { createValidations, type Validations } from './validations.ts'
import { createVersions, type Versions } from './versions.ts'

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
  const door = parseDoor(options.door)
  const auth = cdnProAuth(parseCredentials(options, door), door, parseFunction('now', options.now))
  const service = { routes, baseUrl: door.baseUrl, auth, dialect: cdnProDialect(door) }
  const call = createCall<operations>(createTransport(options, service))
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

function parseDoor(name: DoorName = 'gateway'): Door {
  if (Object.hasOwn(doors, name)) return doors[name]
  throw invalid("door must be 'gateway' or 'native'.")
}

function parseCredentials(options: CdnProCredentials, { takesAccessKeys }: Door): CdnProCredentials {
  const username = parseUsername(options.username)
  const apiKey = parseCredential('apiKey', options.apiKey)
  const { accessKey, secretKey } = options
  if (accessKey === undefined && secretKey === undefined) return { username, apiKey }
  if (!takesAccessKeys)
    throw invalid('accessKey and secretKey sign at the gateway alone: leave them out at the native door.')
  return {
    username,
    apiKey,
    accessKey: parseCredential('accessKey', accessKey, accessKeyForm),
    secretKey: parseCredential('secretKey', secretKey),
  }
}

/** In HTTP Basic the user ends at the first colon. */
function parseUsername(value: unknown): Credential {
  const username = parseCredential('username', value)
  if (typeof username === 'function' || !username.includes(':')) return username
  throw invalid('username must not contain a colon.')
}
