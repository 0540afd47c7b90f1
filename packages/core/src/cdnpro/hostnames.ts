import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { HostnameUse } from './api.generated.ts'
import type { Routes } from './routes.generated.ts'

/** What is live under host names. */
export interface Hostnames {
  /** Which version of which property serves a host name in each environment; null where none does, also for an unknown name. */
  get(hostname: string, options?: CallOptions): Promise<HostnameUse>
}

export function createHostnames(call: Call<Routes>): Hostnames {
  return {
    get: (hostname, options) => call('getHostname GET /cdn/hostnames/{hostname}', { path: { hostname } }, options),
  }
}
