import {
  type CdnProClient,
  type CdnProClientOptions,
  createCdnProClient,
  createDigicertClient,
  type DigicertClient,
  type DigicertClientOptions,
} from '@certtwin/core'
import { type Exchange, type Service, withTrace } from './trace.ts'

/** Where the two services are, with the credentials for them: these never leave the back end. */
export interface Services {
  readonly digicert: DigicertClientOptions
  readonly cdnpro: CdnProClientOptions
}

export interface Clients {
  readonly digicert: DigicertClient
  readonly cdnpro: CdnProClient
}

/** Clients of the services that tell of every request. */
export function createTracedClients({ digicert, cdnpro }: Services, record: (exchange: Exchange) => void): Clients {
  // The demo is started with texts; a function would be asked anew for each request.
  const secrets = [digicert.apiKey, cdnpro.apiKey].filter((key) => typeof key === 'string')
  const traced = <Options extends Services[keyof Services]>(service: Service, options: Options): Options => {
    const { fetch = (request: Request) => globalThis.fetch(request) } = options
    return { ...options, fetch: withTrace(fetch, { service, secrets, record }) }
  }
  return {
    digicert: createDigicertClient(traced('DigiCert', digicert)),
    cdnpro: createCdnProClient(traced('CDN Pro', cdnpro)),
  }
}
