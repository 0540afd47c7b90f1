import {
  type CdnProClient,
  type CdnProClientOptions,
  createCdnProClient,
  createDigicertClient,
  type DigicertClient,
  type DigicertClientOptions,
} from '@certtwin/core'
import type { Place, Platform, TwinName } from './place.ts'

/** Throws where what it is about is not so; its name says what that is. */
export type Case = (world: World) => Promise<void>

export type Cases = Readonly<Record<string, Case>>

/** A world of its own at each twin, with clients that live in it. */
export interface World {
  readonly place: Place
  readonly platform: Platform
  /** What the world is called, and the suffix of the names that lead there. */
  readonly name: string
  readonly digicert: (options?: Partial<DigicertClientOptions>) => DigicertClient
  readonly gateway: (options?: Partial<CdnProClientOptions>) => CdnProClient
  readonly native: (options?: Partial<CdnProClientOptions>) => CdnProClient
  /** Lets the first call of an operation meet a fault. */
  readonly fail: (twin: TwinName, operation: string, fault: object) => Promise<void>
  /** The calls of an operation that a twin got, oldest first. */
  readonly calls: (twin: TwinName, operation: string) => Promise<readonly JournalEntry[]>
}

interface JournalEntry {
  readonly operation?: string
  readonly status: number
  readonly request: { readonly headers: readonly (readonly [string, string])[] }
}

/** Repeats come at once. */
const retry = { baseMs: 0 }

export function createWorld(place: Place, platform: Platform, index: number): World {
  const name = `${place.runtime}-${index}`
  const { digicert, gateway, native } = place.twins
  const user = { username: `example_username.${name}`, apiKey: 'example_apiKey', retry }
  const control = (twin: TwinName, path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${place.twins[twin]}/__mock/${path}?world=${name}`, init)
  return {
    place,
    platform,
    name,
    digicert: (options) =>
      createDigicertClient({ apiKey: `MOCKKEYADMIN.${name}`, baseUrl: `${digicert}/services/v2`, retry, ...options }),
    gateway: (options) => createCdnProClient({ ...user, baseUrl: gateway, ...options }),
    native: (options) => createCdnProClient({ ...user, baseUrl: native, door: 'native', ...options }),
    async fail(twin, operation, fault) {
      const response = await control(twin, 'faults', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ operation, first: 1, ...fault }),
      })
      if (!response.ok) throw new Error(await response.text())
    },
    async calls(twin, operation) {
      const { requests } = (await (await control(twin, 'requests')).json()) as { requests: JournalEntry[] }
      return requests.filter((entry) => entry.operation === operation)
    },
  }
}
