import { constants, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import * as ecc from '@peculiar/asn1-ecc'
import * as rsa from '@peculiar/asn1-rsa'
import { AsnConvert } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'

/** The hashes that a certificate can be signed with. */
export type IssuerHash = 'sha256' | 'sha384' | 'sha512'

type SignatureHash = 'sha1' | 'sha224' | IssuerHash

interface SignatureScheme {
  readonly key: 'RSA' | 'RSA-PSS' | 'ECDSA' | 'other'
  readonly hash?: SignatureHash | undefined
  /** In octets, of PSS alone. */
  readonly saltLength?: number
}

const schemes: Readonly<Record<string, SignatureScheme>> = {
  [rsa.id_sha1WithRSAEncryption]: { key: 'RSA', hash: 'sha1' },
  [rsa.id_sha224WithRSAEncryption]: { key: 'RSA', hash: 'sha224' },
  [rsa.id_sha256WithRSAEncryption]: { key: 'RSA', hash: 'sha256' },
  [rsa.id_sha384WithRSAEncryption]: { key: 'RSA', hash: 'sha384' },
  [rsa.id_sha512WithRSAEncryption]: { key: 'RSA', hash: 'sha512' },
  [ecc.id_ecdsaWithSHA1]: { key: 'ECDSA', hash: 'sha1' },
  [ecc.id_ecdsaWithSHA224]: { key: 'ECDSA', hash: 'sha224' },
  [ecc.id_ecdsaWithSHA256]: { key: 'ECDSA', hash: 'sha256' },
  [ecc.id_ecdsaWithSHA384]: { key: 'ECDSA', hash: 'sha384' },
  [ecc.id_ecdsaWithSHA512]: { key: 'ECDSA', hash: 'sha512' },
}

const digests: Readonly<Record<string, SignatureHash>> = {
  [rsa.id_sha1]: 'sha1',
  [rsa.id_sha224]: 'sha224',
  [rsa.id_sha256]: 'sha256',
  [rsa.id_sha384]: 'sha384',
  [rsa.id_sha512]: 'sha512',
}

const keyTypes: Readonly<Record<SignatureScheme['key'], readonly (string | undefined)[]>> = {
  RSA: ['rsa'],
  'RSA-PSS': ['rsa', 'rsa-pss'],
  ECDSA: ['ec'],
  other: [],
}

// The library has ready-made identifiers, but its sha256WithRSAEncryption (2.11.1) carries the OID of SHA-512/256.
const issuerAlgorithms: Readonly<Record<string, Readonly<Record<IssuerHash, AlgorithmIdentifier>>>> = {
  rsa: {
    sha256: new AlgorithmIdentifier({ algorithm: rsa.id_sha256WithRSAEncryption, parameters: null }),
    sha384: new AlgorithmIdentifier({ algorithm: rsa.id_sha384WithRSAEncryption, parameters: null }),
    sha512: new AlgorithmIdentifier({ algorithm: rsa.id_sha512WithRSAEncryption, parameters: null }),
  },
  ec: {
    sha256: new AlgorithmIdentifier({ algorithm: ecc.id_ecdsaWithSHA256 }),
    sha384: new AlgorithmIdentifier({ algorithm: ecc.id_ecdsaWithSHA384 }),
    sha512: new AlgorithmIdentifier({ algorithm: ecc.id_ecdsaWithSHA512 }),
  },
}

/**
 * Reads key type and hash out of a signature's algorithm; `key` is `'other'` for an algorithm that is not in the table.
 *
 * @throws Error when the parameters of PSS are not DER.
 */
export function readSignatureAlgorithm(identifier: AlgorithmIdentifier): SignatureScheme {
  if (identifier.algorithm === rsa.id_RSASSA_PSS) return readPss(identifier)
  return schemes[identifier.algorithm] ?? { key: 'other' }
}

/** The algorithm that an RSA or EC key signs with, given the hash. */
export function issuerAlgorithm(signer: KeyObject, hash: IssuerHash): AlgorithmIdentifier {
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
  const { key: type, hash, saltLength } = readSignatureAlgorithm(identifier)
  if (hash === undefined || !keyTypes[type].includes(key.asymmetricKeyType)) return false
  const pss = saltLength === undefined ? {} : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
  try {
    return verify(hash, signed, { key, ...pss }, signature)
  } catch {
    // OpenSSL throws instead of answering when the hash does not fit into the key.
    return false
  }
}

/** A mask hash that differs from the hash, which Node cannot verify, comes out as an invalid signature. */
function readPss({ parameters }: AlgorithmIdentifier): SignatureScheme {
  const pss = parameters ? AsnConvert.parse(parameters, rsa.RsaSaPssParams) : new rsa.RsaSaPssParams()
  return { key: 'RSA-PSS', hash: digests[pss.hashAlgorithm.algorithm], saltLength: pss.saltLength }
}
