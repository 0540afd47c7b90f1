import { resolve } from 'node:path'
import type { TwinListenOptions } from '../listen/listen-twin.ts'
import { createTlsIdentity, type TlsIdentity } from '../tls/identity.ts'
import { type TrustFiles, writeTrustFiles } from '../tls/trust-files.ts'
import { describeTrust, quote } from '../tls/trust-guide.ts'
import { obstacle } from './failure.ts'

/** TLS for a twin on a port. */
export interface Tls {
  readonly listenOptions: TwinListenOptions
  readonly files: TrustFiles
  /** The options that let curl trust the twin. */
  readonly curlOptions: readonly string[]
  /** Tells what makes other programs trust the twin at this URL, and what leads the vendor's host names there. */
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

/**
 * Makes an authority and a certificate for the hosts, and writes what is to be trusted.
 *
 * @throws CommandFailure when the folder cannot be written
 */
export function prepareTls({ folder, hosts, address, seed }: TlsWish): Tls {
  const identity = createTlsIdentity({ hosts, seed, ...(address !== undefined && { address }) })
  const files = writeInto(folder, identity)
  return {
    listenOptions: { tls: identity },
    files,
    curlOptions: ['--cacert', quote(files.ca)],
    guide: (url) => describeTrust({ url, hosts, files }),
  }
}

function writeInto(folder: string, identity: TlsIdentity): TrustFiles {
  try {
    return writeTrustFiles(resolve(folder), identity)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw obstacle(
      `Nothing can be written into ${folder} (${code}): give --tls another folder for what is to be trusted.`,
    )
  }
}
