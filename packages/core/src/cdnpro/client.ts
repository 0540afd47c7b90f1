import createClient from 'openapi-fetch'
import { createCall } from '../transport/call.ts'
import { type Credential, parseCredential } from '../transport/credential.ts'
import { type ClientOptions, invalid, parseFunction } from '../transport/options.ts'
import { createTransport, toApiOptions } from '../transport/transport.ts'
import type { paths } from './api.generated.ts'
import { cdnProAuth, type CdnProCredentials } from './auth.ts'
import { type Certificates, createCertificates } from './certificates.ts'
import { createDeployments, type Deployments } from './deployments.ts'
import { cdnProDialect } from './dialect.ts'
import { createHostnames, type Hostnames } from './hostnames.ts'
import { createProperties, type Properties } from './properties.ts'
import { createValidations, type Validations } from './validations.ts'
import { createVersions, type Versions } from './versions.ts'

export interface CdnProClientOptions extends ClientOptions, CdnProCredentials {
  /** The time in milliseconds since the epoch, for signatures; the platform's clock unless told otherwise. */
  readonly now?: () => number
}

/** A client of CDN Pro's certificate API, grouped by resource. */
export interface CdnProClient {
  readonly certificates: Certificates
  readonly versions: Versions
  readonly deployments: Deployments
  readonly hostnames: Hostnames
  readonly properties: Properties
  readonly validations: Validations
}

const defaultBaseUrl = 'https://open.chinanetcenter.com'

/**
 * Makes a client of CDN Pro's certificate API.
 *
 * @throws CerttwinError `invalid_options` when a credential or the base URL cannot be used
 * @example
 * ```ts
 * const cdnpro = createCdnProClient({ username, apiKey })
 * const version = await cdnpro.versions.get('9fddeb2fea3ed5b52d89d81d', 1)
 * console.log(version.expirationTime, version.inProduction)
 * ```
 */
export function createCdnProClient(options: CdnProClientOptions): CdnProClient {
  const username = parseUsername(options.username)
  const apiKey = parseCredential('apiKey', options.apiKey)
  const auth = cdnProAuth({ username, apiKey }, parseFunction('now', options.now))
  const api = createClient<paths>(toApiOptions(options, defaultBaseUrl))
  const call = createCall(createTransport(options, auth, cdnProDialect), cdnProDialect)
  const versions = createVersions(api, call)
  return {
    certificates: createCertificates(api, call),
    versions,
    deployments: createDeployments(api, call, versions),
    hostnames: createHostnames(api, call),
    properties: createProperties(api, call),
    validations: createValidations(api, call),
  }
}

/** In HTTP Basic the user ends at the first colon. */
function parseUsername(value: unknown): Credential {
  const username = parseCredential('username', value)
  if (typeof username === 'function' || !username.includes(':')) return username
  throw invalid('username must not contain a colon.')
}
