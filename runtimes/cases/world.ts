import {
  type CdnProClient,
  type CdnProClientOptions,
  createCdnProClient,
  createDigicertClient,
  type DigicertClient,
  type DigicertClientOptions,
} from '@certtwin/core'
import type { Place, Platform } from './place.ts'

/** A world of its own at each twin, with clients that live in it. */
export interface World {
  readonly place: Place
  readonly platform: Platform
  readonly digicert: (options?: Partial<DigicertClientOptions>) => DigicertClient
  readonly gateway: (options?: Partial<CdnProClientOptions>) => CdnProClient
  readonly native: (options?: Partial<CdnProClientOptions>) => CdnProClient
}

export function createWorld(place: Place, platform: Platform, index: number): World {
  const name = `${place.runtime}-${index}`
  const user = { username: `example_username.${name}`, apiKey: 'example_apiKey' }
  return {
    place,
    platform,
    digicert: (options) =>
      createDigicertClient({ apiKey: `MOCKKEYADMIN.${name}`, baseUrl: `${place.digicertUrl}/services/v2`, ...options }),
    gateway: (options) => createCdnProClient({ ...user, baseUrl: place.gatewayUrl, ...options }),
    native: (options) => createCdnProClient({ ...user, baseUrl: place.nativeUrl, door: 'native', ...options }),
  }
}
