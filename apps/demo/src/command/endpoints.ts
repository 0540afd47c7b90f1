import type { CdnProClientOptions, DigicertClientOptions } from '@certtwin/core'
import { readTextFile } from './files.ts'
import type { DemoOptions } from './options.ts'
import { UsageError } from './usage-error.ts'

/** The two services that a run talks to. */
export interface Endpoints {
  readonly digicert: DigicertClientOptions
  readonly cdnpro: CdnProClientOptions
  /** Where they are, for a person and for the receipt. */
  readonly place: string
  /** A change at a remote place is a change in the world. */
  readonly kind: 'in-process' | 'loopback' | 'remote'
  /** The pause between two looks at something unfinished, in milliseconds. */
  readonly pollMs: number
}

/** The place of what ends with the process. */
export const inProcess = 'twins in this process'

/** Twins in this process, whose addresses nothing listens on. */
export type StartTwins = (realistic: boolean) => Pick<Endpoints, 'digicert' | 'cdnpro'>

/**
 * The services that the options name, or twins in this process.
 *
 * @throws UsageError when one address or a credential is missing
 */
export async function selectEndpoints(options: DemoOptions, startTwins: StartTwins): Promise<Endpoints> {
  const { digicertUrl, cdnproUrl, realistic } = options
  if (digicertUrl === undefined && cdnproUrl === undefined) {
    const pollMs = realistic ? 10_000 : 200
    return { ...startTwins(realistic), place: inProcess, kind: 'in-process', pollMs }
  }
  if (digicertUrl === undefined || cdnproUrl === undefined) {
    throw new UsageError('Give both --digicert-url and --cdnpro-url, or neither to use the twins in this process.')
  }
  const kind = [digicertUrl, cdnproUrl].every(isLoopback) ? 'loopback' : 'remote'
  const credentials = await readCredentials(options)
  return {
    digicert: { apiKey: credentials.digicertKey, baseUrl: digicertUrl },
    cdnpro: { username: credentials.cdnproUser, apiKey: credentials.cdnproKey, baseUrl: cdnproUrl },
    place: `DigiCert at ${toName(digicertUrl)}, CDN Pro at ${toName(cdnproUrl)} as ${credentials.cdnproUser}`,
    kind,
    pollMs: kind === 'remote' ? 10_000 : 2_000,
  }
}

/** The same address in the same words, however it was written. */
function toName(url: string): string {
  return new URL(url).href.replace(/\/+$/, '')
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url))
    throw new UsageError(`${url} is not a URL: give one such as http://127.0.0.1:4010/services/v2.`)
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

interface Credentials {
  readonly digicertKey: string
  readonly cdnproUser: string
  readonly cdnproKey: string
}

async function readCredentials({ digicertKeyFile, cdnproKeyFile, cdnproUser }: DemoOptions): Promise<Credentials> {
  if (digicertKeyFile === '-' && cdnproKeyFile === '-') {
    throw new UsageError('Only one of the two API keys can come from standard input.')
  }
  if (cdnproUser === undefined) throw new UsageError('Name the CDN Pro account with --cdnpro-user or CDNPRO_USERNAME.')
  return {
    digicertKey: await readSecret('the DigiCert API key', 'DIGICERT_API_KEY', '--digicert-key-file', digicertKeyFile),
    cdnproUser,
    cdnproKey: await readSecret('the CDN Pro API key', 'CDNPRO_API_KEY', '--cdnpro-key-file', cdnproKeyFile),
  }
}

async function readSecret(what: string, variable: string, flag: string, file: string | undefined): Promise<string> {
  const secret = file === undefined ? process.env[variable] : await readTextFile(what, file)
  if (secret !== undefined && secret.trim() !== '') return secret.trim()
  throw new UsageError(`${what[0]!.toUpperCase()}${what.slice(1)} is missing: set ${variable} or give ${flag}.`)
}
