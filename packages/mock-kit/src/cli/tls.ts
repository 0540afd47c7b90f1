import type { TwinListenOptions } from '../listen/listen-twin.ts'
import { misuse } from './failure.ts'

/** TLS for a twin on a port. */
export interface Tls {
  /** What the listener needs. */
  readonly listenOptions: TwinListenOptions
  /** The files to trust, by what they are. */
  readonly files: Readonly<Record<string, string>>
  /** The options that let curl trust the twin. */
  readonly curlOptions: readonly string[]
  /** Tells what makes other programs trust it, and what leads the vendor's host names there. */
  readonly guide: (url: string) => string
}

export interface TlsWish {
  /** Where what is to be trusted is put. */
  readonly folder: string
  /** The host names of the vendor. */
  readonly hosts: readonly string[]
  /** The address that is listened on; loopback where there is none. */
  readonly address: string | undefined
  readonly seed: string | undefined
}

/** Makes an authority and a certificate for the hosts, and writes what is to be trusted. */
export async function prepareTls(_wish: TlsWish): Promise<Tls> {
  throw misuse('This release serves no TLS: leave --tls out.')
}
