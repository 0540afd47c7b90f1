import { readAlgorithm } from './algorithm.ts'
import { contentOf, DerError, type DerElement, membersOf, octetsOf, oidOf, readDer, readMembers } from './der-reader.ts'
import { tags } from './der.ts'
import { oids } from './oids.ts'

/** What is asked about one certificate. */
export interface OcspQuestion {
  /** The DER of the whole CertID, which the answer repeats. */
  readonly id: Uint8Array
  /** Missing for a hash that is not in the list. */
  readonly hash: 'sha1' | 'sha256' | 'sha384' | 'sha512' | undefined
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** As the octets of its INTEGER. */
  readonly serialNumber: Uint8Array
}

/** A request for the status of certificates. */
export interface OcspRequest {
  readonly questions: readonly OcspQuestion[]
  /** The value of the nonce's extension, which the answer repeats. */
  readonly nonce: Uint8Array | undefined
}

const hashes: Readonly<Record<string, OcspQuestion['hash']>> = {
  [oids.sha1]: 'sha1',
  [oids.sha256]: 'sha256',
  [oids.sha384]: 'sha384',
  [oids.sha512]: 'sha512',
}

/** The tags of the optional members. */
const versionTag = 0xa0
const requestorTag = 0xa1
const extensionsTag = 0xa2
const questionExtensionsTag = 0xa0
const signatureTag = 0xa0

/**
 * Reads a request of OCSP (RFC 6960 §4.1). Who asks, and whether it is signed, does not matter.
 *
 * @throws DerError when it is none, or asks about nothing.
 */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  return readMembers(readDer(der), tags.sequence, ({ take, takeIf }) => {
    const request = take()
    takeIf(signatureTag)
    return readRequest(request)
  })
}

function readRequest(request: DerElement): OcspRequest {
  return readMembers(request, tags.sequence, ({ take, takeIf }) => {
    takeIf(versionTag)
    takeIf(requestorTag)
    const questions = membersOf(take(), tags.sequence).map(readQuestion)
    const extensions = takeIf(extensionsTag)
    if (questions.length === 0) throw new DerError('The request asks about no certificate.')
    return { questions, nonce: extensions && readNonce(extensions) }
  })
}

function readQuestion(question: DerElement): OcspQuestion {
  return readMembers(question, tags.sequence, ({ take, takeIf }) => {
    const id = take()
    takeIf(questionExtensionsTag)
    return readMembers(id, tags.sequence, (members) => ({
      id: octetsOf(id),
      hash: hashes[readAlgorithm(members.take()).oid],
      issuerNameHash: contentOf(members.take(tags.octetString)),
      issuerKeyHash: contentOf(members.take(tags.octetString)),
      serialNumber: contentOf(members.take(tags.integer)),
    }))
  })
}

function readNonce(extensions: DerElement): Uint8Array | undefined {
  const all = readMembers(extensions, extensionsTag, ({ take }) => membersOf(take(), tags.sequence).map(readExtension))
  return all.find(({ id }) => id === oids.ocspNonce)?.value
}

function readExtension(extension: DerElement): { readonly id: string; readonly value: Uint8Array } {
  return readMembers(extension, tags.sequence, ({ take, takeIf }) => {
    const id = oidOf(take())
    takeIf(tags.boolean)
    return { id, value: contentOf(take(tags.octetString)) }
  })
}
