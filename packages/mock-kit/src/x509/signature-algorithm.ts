import { constants, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { AlgorithmIdentifier } from './algorithm.ts'
import { readAlgorithm } from './algorithm.ts'
import { contentOf, DerError, type DerElement, readMembers } from './der-reader.ts'
import { nullValue, oid, sequence, tags } from './der.ts'
import { oids } from './oids.ts'

/** The hashes that a certificate can be signed with. */
export type IssuerHash = 'sha256' | 'sha384' | 'sha512'

type SignatureHash = 'sha1' | 'sha224' | IssuerHash

interface SignatureScheme {
  readonly key: 'RSA' | 'RSA-PSS' | 'ECDSA' | 'other'
  readonly hash?: SignatureHash | undefined
  readonly pss?: PssParameters
}

interface PssParameters {
  /** Missing for a mask that is not made by MGF1 with a hash of the list. */
  readonly maskHash?: SignatureHash | undefined
  /** In octets. */
  readonly saltLength: number
  readonly trailer: number
}

const schemes: Readonly<Record<string, SignatureScheme>> = {
  [oids.sha1WithRsa]: { key: 'RSA', hash: 'sha1' },
  [oids.sha224WithRsa]: { key: 'RSA', hash: 'sha224' },
  [oids.sha256WithRsa]: { key: 'RSA', hash: 'sha256' },
  [oids.sha384WithRsa]: { key: 'RSA', hash: 'sha384' },
  [oids.sha512WithRsa]: { key: 'RSA', hash: 'sha512' },
  [oids.ecdsaWithSha1]: { key: 'ECDSA', hash: 'sha1' },
  [oids.ecdsaWithSha224]: { key: 'ECDSA', hash: 'sha224' },
  [oids.ecdsaWithSha256]: { key: 'ECDSA', hash: 'sha256' },
  [oids.ecdsaWithSha384]: { key: 'ECDSA', hash: 'sha384' },
  [oids.ecdsaWithSha512]: { key: 'ECDSA', hash: 'sha512' },
}

const digests: Readonly<Record<string, SignatureHash>> = {
  [oids.sha1]: 'sha1',
  [oids.sha224]: 'sha224',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
}

const pssDefaults = { maskHash: 'sha1', saltLength: 20, trailer: 1 } as const

const keyTypes: Readonly<Record<SignatureScheme['key'], readonly (string | undefined)[]>> = {
  RSA: ['rsa'],
  'RSA-PSS': ['rsa', 'rsa-pss'],
  ECDSA: ['ec'],
  other: [],
}

/** RFC 4055 §5 wants the NULL of RSA, RFC 5758 §3.2 wants nothing after ECDSA. */
const issuerAlgorithms: Readonly<Record<string, Readonly<Record<IssuerHash, Uint8Array>>>> = {
  rsa: {
    sha256: sequence([oid(oids.sha256WithRsa), nullValue]),
    sha384: sequence([oid(oids.sha384WithRsa), nullValue]),
    sha512: sequence([oid(oids.sha512WithRsa), nullValue]),
  },
  ec: {
    sha256: sequence([oid(oids.ecdsaWithSha256)]),
    sha384: sequence([oid(oids.ecdsaWithSha384)]),
    sha512: sequence([oid(oids.ecdsaWithSha512)]),
  },
}

/**
 * Reads key type and hash out of a signature's algorithm; `key` is `'other'` for an algorithm that is not in the table.
 *
 * @throws DerError when the parameters of PSS are not DER.
 */
export function readSignatureAlgorithm(identifier: AlgorithmIdentifier): SignatureScheme {
  if (identifier.oid === oids.rsaPss) return readPss(identifier.parameters)
  return schemes[identifier.oid] ?? { key: 'other' }
}

/** The DER of the algorithm that an RSA or EC key signs with, given the hash. */
export function issuerAlgorithm(signer: KeyObject, hash: IssuerHash): Uint8Array {
  const algorithms = issuerAlgorithms[signer.asymmetricKeyType ?? '']
  if (algorithms === undefined) throw new TypeError('Sign with an RSA or an EC private key.')
  return algorithms[hash]
}

/** Whether a signature is right; wrong too for an algorithm that the key cannot have used or that is not in the table. */
export function isSignatureValid(
  identifier: AlgorithmIdentifier,
  key: KeyObject,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { key: type, hash, pss } = readSignatureAlgorithm(identifier)
  if (hash === undefined || !keyTypes[type].includes(key.asymmetricKeyType)) return false
  // A mask of another hash Node cannot verify, another trailer nobody can.
  if (pss !== undefined && (pss.maskHash !== hash || pss.trailer !== 1)) return false
  const padding = constants.RSA_PKCS1_PSS_PADDING
  try {
    return verify(hash, signed, pss === undefined ? key : { key, padding, saltLength: pss.saltLength }, signature)
  } catch {
    // OpenSSL throws instead of answering when the hash does not fit into the key.
    return false
  }
}

/** Reads the parameters of PSS (RFC 4055 §3.1), which have defaults throughout. */
function readPss(parameters: DerElement | undefined): SignatureScheme {
  if (parameters === undefined || parameters.tag === tags.null)
    return { key: 'RSA-PSS', hash: 'sha1', pss: pssDefaults }
  return readMembers(parameters, tags.sequence, ({ takeIf }) => {
    const [hash, mask, salt, trailer] = [takeIf(0xa0), takeIf(0xa1), takeIf(0xa2), takeIf(0xa3)]
    return {
      key: 'RSA-PSS',
      hash: hash === undefined ? 'sha1' : digests[readAlgorithm(innerOf(hash)).oid],
      pss: {
        maskHash: mask === undefined ? pssDefaults.maskHash : readMask(innerOf(mask)),
        saltLength: salt === undefined ? pssDefaults.saltLength : readSmallNumber(innerOf(salt)),
        trailer: trailer === undefined ? pssDefaults.trailer : readSmallNumber(innerOf(trailer)),
      },
    }
  })
}

/** The hash of the mask generation function MGF1; there is no other. */
function readMask(mask: DerElement): SignatureHash | undefined {
  const { oid: id, parameters } = readAlgorithm(mask)
  return id === oids.mgf1 && parameters !== undefined ? digests[readAlgorithm(parameters).oid] : undefined
}

function innerOf(explicit: DerElement): DerElement {
  return readMembers(explicit, explicit.tag, ({ take }) => take())
}

/** Neither negative, which Node would take for a salt length of another meaning, nor more than any signature holds. */
function readSmallNumber(integer: DerElement): number {
  const octets = contentOf(integer)
  const isNegative = (octets[0] ?? 0) >= 0x80
  if (integer.tag !== tags.integer || octets.length > 3 || isNegative)
    throw new DerError('A parameter of PSS is impossible.')
  return Buffer.from(octets).readUIntBE(0, octets.length)
}
