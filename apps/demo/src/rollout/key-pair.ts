import 'reflect-metadata'
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  webcrypto,
  X509Certificate,
} from 'node:crypto'
import { Pkcs10CertificateRequest, Pkcs10CertificateRequestGenerator } from '@peculiar/x509'

/** A private key and a signing request for it, both as PEM. */
export interface KeyPair {
  readonly privateKey: string
  readonly csr: string
  /** The public key, as the hex of its DER. */
  readonly publicKey: string
}

/**
 * Takes a private key and makes what is missing: a P-256 key where none is given, and a signing request.
 *
 * @param given - `csr` alone makes no sense: whoever uploads a certificate needs its key
 * @throws Error when key and signing request do not belong together, or one of them cannot be read
 */
export async function createKeyPair(commonName: string, given: Partial<KeyPair> = {}): Promise<KeyPair> {
  const key = given.privateKey === undefined ? generateKey() : readKey(given.privateKey)
  const publicKey = toHex(createPublicKey(key))
  const csr = given.csr ?? (await createCsr(key, commonName))
  if (publicKeyOfCsr(csr) !== publicKey) {
    throw new Error('The signing request is for another key: give the private key that it was made with.')
  }
  return { privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(), csr, publicKey }
}

function generateKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
}

function readKey(pem: string): KeyObject {
  const key = parsePrivateKey(pem)
  const { namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' || (key.asymmetricKeyType === 'ec' && Object.hasOwn(curves, namedCurve ?? '')))
    return key
  throw new Error(
    'The private key is of a kind that DigiCert does not take: give an RSA key, or an EC key on P-256 or P-384.',
  )
}

function parsePrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Error('The private key cannot be read: give an unencrypted PEM file.')
  }
}

const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384' }

/** What Node's key types are called in WebCrypto, with the hash that signs the request. */
function signingAlgorithm(key: KeyObject): EcKeyAlgorithm | RsaHashedAlgorithm {
  const { namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return { name: 'ECDSA', namedCurve: curves[namedCurve ?? '']!, hash: 'SHA-256' }
}

interface EcKeyAlgorithm {
  readonly name: 'ECDSA'
  readonly namedCurve: string
  readonly hash: string
}

interface RsaHashedAlgorithm {
  readonly name: 'RSASSA-PKCS1-v1_5'
  readonly hash: string
}

async function createCsr(key: KeyObject, commonName: string): Promise<string> {
  const algorithm = signingAlgorithm(key)
  const keys = {
    privateKey: key.toCryptoKey(algorithm, true, ['sign']),
    publicKey: createPublicKey(key).toCryptoKey(algorithm, true, ['verify']),
  }
  const options = { name: [{ CN: [commonName] }], keys, signingAlgorithm: algorithm }
  const request = await Pkcs10CertificateRequestGenerator.create(options, webcrypto)
  return `${request.toString('pem')}\n`
}

function publicKeyOfCsr(csr: string): string {
  try {
    const der = Buffer.from(new Pkcs10CertificateRequest(csr).publicKey.rawData)
    return toHex(createPublicKey({ key: der, format: 'der', type: 'spki' }))
  } catch {
    throw new Error('The signing request cannot be read: give a PKCS#10 request as PEM.')
  }
}

/** Whether a certificate, as PEM, was made for this key. */
export function isLeafOf(certificate: string, { publicKey }: KeyPair): boolean {
  return toHex(new X509Certificate(certificate).publicKey) === publicKey
}

function toHex(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('hex')
}
