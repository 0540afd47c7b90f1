import { createRequire } from 'node:module'
import { buildPkcs7, encodePem } from '@certtwin/mock-kit/x509'
import type * as Fflate from 'fflate'
import { type Chain, toPem } from './issuance.ts'

/** A chain that is to be packed, and how its text shall look. */
export interface Goods {
  readonly chain: Chain
  /** What the leaf's file is called, without its extension. */
  readonly leafName: string
  readonly lineEnd: '\n' | '\r\n'
}

/** A way to pack a chain into one file. */
export interface Format {
  readonly contentType: string
  /** Of the file itself. */
  readonly extension: string
  readonly pack: (goods: Goods) => string | Uint8Array<ArrayBuffer>
}

/** Loaded on first use: most twins pack no zip file, and it would be a twentieth of their start. */
function loadFflate(): typeof Fflate {
  return createRequire(import.meta.url)('fflate') as typeof Fflate
}

type Part = 'root' | 'intermediate' | 'leaf'

/**
 * A zip file has times without a zone, so a date is taken apart in the zone in which it was put together: the bytes are the same
 * everywhere. No zone has ever skipped noon.
 */
const zipTime = (): Date => new Date(2000, 0, 1, 12)

const everything: readonly Part[] = ['root', 'intermediate', 'leaf']

/** What each format holds is documented; media types too, but for that of `der`. */
const formats = {
  default: zipOf('crt', everything),
  default_pem: zipOf('crt', everything),
  default_cer: zipOf('cer', everything),
  apache: zipOf('crt', ['intermediate', 'leaf']),
  cer: pkcs7With('cer'),
  p7b: pkcs7With('p7b'),
  pem_all: pemOf(['leaf', 'intermediate', 'root']),
  pem_noroot: pemOf(['leaf', 'intermediate']),
  pem_nointermediate: pemOf(['leaf']),
  crt: zipOf('crt', everything),
  pem: pemOf(['leaf', 'intermediate', 'root']),
  der: {
    contentType: 'application/pkix-cert',
    extension: 'der',
    pack: ({ chain: [leaf] }) => new Uint8Array(leaf.der),
  },
} as const satisfies Readonly<Record<string, Format>>

/** The formats of platforms that do not take the default one: one client, and assumed. */
const platformFormats: Readonly<Record<number, keyof typeof formats>> = { 2: 'apache', 29: 'pem_all' }

/** The format of a name, read without case and underscores; undefined for an unknown one. */
export function findFormat(name: string): Format | undefined {
  const [, format] = Object.entries(formats).find(([each]) => simplify(each) === simplify(name)) ?? []
  return format
}

/** The format that a kind of server software takes. */
export function formatOfPlatform(platformId: number): Format {
  return formats[platformFormats[platformId] ?? 'default']
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}

function pemOf(parts: readonly Part[]): Format {
  const pack = (goods: Goods): string => parts.map((part) => pemPart(goods, part)).join('')
  return { contentType: 'application/x-pem-file', extension: 'pem', pack }
}

/** It has an armour of its own, whose label is the one that openssl reads. */
function pkcs7With(extension: string): Format {
  return {
    contentType: 'application/x-pkcs7-certificates',
    extension,
    pack: ({ chain, lineEnd }) => encodePem('PKCS7', buildPkcs7(chain.map(({ der }) => der).toReversed()), lineEnd),
  }
}

/** @param extension - of the files inside */
function zipOf(extension: string, parts: readonly Part[]): Format {
  return {
    contentType: 'application/zip',
    extension: 'zip',
    pack(goods) {
      const fflate = loadFflate()
      const files = parts.map((part) => [
        `${part === 'leaf' ? fileNameBesideIssuers(goods) : part}.${extension}`,
        fflate.strToU8(pemPart(goods, part)),
      ])
      return fflate.zipSync(Object.fromEntries(files), { mtime: zipTime() })
    },
  }
}

/** What is no domain may be called like an issuer, and not every system keeps names apart by case. */
function fileNameBesideIssuers({ leafName }: Goods): string {
  return everything.some((part) => part === leafName.toLowerCase()) ? `${leafName}_` : leafName
}

function pemPart({ chain: [leaf, intermediate, root], lineEnd }: Goods, part: Part): string {
  return toPem({ leaf, intermediate, root }[part], lineEnd)
}
