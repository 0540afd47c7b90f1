import type { StatusUrls } from '@certtwin/mock-kit/x509'
import type { Certificate, Issuance } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { defaultCaCertId } from '../intermediates.ts'

/** The address of a world, if it has one. */
export type PublishedWorld = Pick<DigicertWorld, 'name' | 'publicUrl'>

/** An issuance of this world: the certificate is to say where the world tells whether it is revoked. */
export function withAddress({ name, publicUrl }: PublishedWorld, issuance: Issuance): Issuance {
  return publicUrl === undefined ? issuance : { ...issuance, published: { url: publicUrl, world: name } }
}

/**
 * Where it is told whether a certificate is revoked.
 *
 * Each intermediate has a list of its own, signed by itself: the indirect list that could speak for all of them is not read by most
 * verifiers. The usual intermediate's is the one without its id.
 */
export function statusUrlsOf({ caCertId }: Certificate, { published }: Issuance): StatusUrls | undefined {
  if (published === undefined) return undefined
  const { url, world } = published
  const list = caCertId === defaultCaCertId ? `${world}.crl` : `${world}/${caCertId}.crl`
  return { crl: `${url}/crl/${list}`, ocsp: `${url}/ocsp/${world}` }
}
