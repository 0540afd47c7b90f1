import type { Certificate, Order } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { profileOf } from '../profiles.ts'
import { findServerPlatform } from '../server-platforms.ts'
import { duplicatesOf, mustGet, type State } from '../state.ts'
import { findFormat, type Format, formatOfPlatform } from './formats.ts'
import { type Chain, chainOf, isIssued } from './issuance.ts'

/** A certificate as a file. */
export interface Download {
  readonly content: string | Uint8Array<ArrayBuffer>
  readonly contentType: string
  readonly fileName: string
}

/**
 * How a download shall be packed: a format by name, or that of a platform. Without either it is the platform that the certificate
 * was asked for with.
 */
export interface Packing {
  readonly format?: string | undefined
  readonly platform?: string | undefined
}

/**
 * Packs an issued certificate, also a revoked one, with its chain.
 *
 * @throws Refusal `not_found|certificate` when it is not issued; `invalid_param:…` for an unknown format or an unreadable platform.
 */
export function download(world: DigicertWorld, certificate: Certificate, packing: Packing): Download {
  const chain = issuedChainOf(world, certificate)
  const { contentType, extension, pack } = formatFor(certificate, packing)
  const leafName = fileNameOf(certificate)
  const content = pack({ chain, leafName, lineEnd: profileOf(world).downloadLineEnd })
  return { content, contentType, fileName: `${leafName}.${extension}` }
}

/** Leaf, intermediate and root. @throws Refusal `not_found|certificate` when it is not issued */
export function issuedChainOf(world: DigicertWorld, certificate: Certificate): Chain {
  if (!isIssued(certificate)) throw refuse('certificate-not-issued')
  return chainOf(world, certificate)
}

/**
 * The certificate of an order: the active primary one (documented), or the duplicate that is asked for by its place (one client).
 *
 * @throws Refusal when there is no such duplicate, or its place cannot be read.
 */
export function certificateOfOrder(state: State, order: Order, subId: string | undefined): Certificate {
  if (subId === undefined || subId === '') return mustGet(state.certificates, order.primaryId)
  if (!/^\d{1,9}$/.test(subId)) throw refuse('param-invalid', 'sub_id')
  const duplicate = duplicatesOf(state, order.id).find((each) => each.subId === Number(subId))
  if (duplicate === undefined) throw refuse('certificate-unknown')
  return duplicate
}

function formatFor({ serverPlatformId }: Certificate, { format, platform }: Packing): Format {
  if (format === undefined || format === '') return formatOfPlatform(readPlatform(platform) ?? serverPlatformId)
  const found = findFormat(format)
  if (found === undefined) throw refuse('param-invalid', 'format_type')
  return found
}

/** An id of 0 counts as none, as it does wherever an id may be left out. */
function readPlatform(text: string = '0'): number | undefined {
  if (!/^-?\d{1,16}$/.test(text)) throw refuse('param-invalid', 'platform_id')
  const id = Number(text)
  if (id !== 0 && findServerPlatform(id) === undefined) throw refuse('server-platform-invalid')
  return id === 0 ? undefined : id
}

/** The common name of a code signing certificate is free text: nothing of it may end a header or name a folder. */
function fileNameOf({ commonName }: Certificate): string {
  return commonName.replaceAll(/[^A-Za-z0-9_ -]/g, '_')
}
