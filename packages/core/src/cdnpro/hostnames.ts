import type { Client } from 'openapi-fetch'
import { expectData } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { HostnameUse, paths } from './api.generated.ts'

/** What is live under host names. */
export interface Hostnames {
  /** Which version of which property serves a host name in each environment; null where none does, also for an unknown name. */
  get(hostname: string, options?: CallOptions): Promise<HostnameUse>
}

export function createHostnames(api: Client<paths>, call: Call): Hostnames {
  return {
    async get(hostname, options) {
      const params = { path: { hostname } }
      const answer = await call('getHostname', options, (init) =>
        api.GET('/cdn/hostnames/{hostname}', { params, ...init }),
      )
      return expectData('getHostname', answer)
    },
  }
}
