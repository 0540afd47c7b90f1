// What openssl says about certificates and signing requests, read and spelled as the fact sheet has it: written for itself, so that
// the twin's own reading is judged by another one.
import { run } from './programs.ts'

/** What openssl says about a certificate, in the spelling of the version query. */
export interface Reading {
  readonly expirationTime: string
  readonly subject: string
  readonly signatureAlgo: string
  readonly serialNumber: string
  readonly fingerprint: string
  readonly algorithm: string
  readonly keyLength: number
  readonly subjectAlternativeNames: readonly string[]
  readonly issuer: string
}

/** Names in the order of the DER, all that has a meaning escaped, attributes by their numbers. */
const nameOptions = ['-nameopt', 'oid,utf8,esc_2253,esc_ctrl,dump_nostr,dump_der,sep_comma_plus']

/** @param file - PEM of one certificate */
export async function readCertificate(folder: string, file: string, hash: 'sha1' | 'sha256'): Promise<Reading> {
  const wanted = [
    '-subject',
    '-issuer',
    '-serial',
    '-enddate',
    '-dateopt',
    'iso_8601',
    '-fingerprint',
    `-${hash}`,
    '-text',
  ]
  const { stdout } = await run('openssl', ['x509', '-in', file, '-noout', ...nameOptions, ...wanted], { cwd: folder })
  const after = (label: string): string => lineAfter(stdout, new RegExp(`^${label}=`, 'im'))
  const signature = lineAfter(stdout, /^ {4}Signature Algorithm: /m)
  return {
    expirationTime: after('notAfter').replace(' ', 'T'),
    subject: respell(after('subject')),
    signatureAlgo: signatureNames[signature] ?? signature,
    serialNumber: BigInt(`0x${after('serial')}`).toString(16),
    fingerprint: after(`${hash} Fingerprint`).replaceAll(':', '').toLowerCase(),
    algorithm: stdout.includes('Public Key Algorithm: rsaEncryption') ? 'RSA' : 'ECC',
    keyLength: Number(/Public-Key: \((\d+) bit\)/.exec(stdout)?.[1]),
    subjectAlternativeNames: dnsNamesIn(stdout),
    issuer: respell(after('issuer')),
  }
}

/** What openssl says about a signing request, whose signature it has verified. */
export interface RequestReading {
  readonly verdict: string
  readonly subject: string
  readonly dnsNames: readonly string[]
}

/** @param file - PEM of a signing request */
export async function readRequest(folder: string, file: string): Promise<RequestReading> {
  const wanted = ['-noout', '-verify', '-subject', '-text']
  const { stdout, stderr } = await run('openssl', ['req', '-in', file, ...nameOptions, ...wanted], { cwd: folder })
  return {
    verdict: stderr.trim(),
    subject: respell(lineAfter(stdout, /^subject=/m)),
    dnsNames: dnsNamesIn(stdout),
  }
}

const signatureNames: Readonly<Record<string, string>> = {
  sha256WithRSAEncryption: 'SHA256withRSA',
  sha384WithRSAEncryption: 'SHA384withRSA',
  sha512WithRSAEncryption: 'SHA512withRSA',
  'ecdsa-with-SHA256': 'SHA256withECDSA',
  'ecdsa-with-SHA384': 'SHA384withECDSA',
  'ecdsa-with-SHA512': 'SHA512withECDSA',
}

function lineAfter(text: string, label: RegExp): string {
  const match = label.exec(text)
  if (match === null) throw new Error(`openssl does not say ${String(label)}.`)
  const start = match.index + match[0].length
  return text.slice(start, text.indexOf('\n', start))
}

function dnsNamesIn(text: string): string[] {
  const line = /Subject Alternative Name: (?:critical)?\s*\n\s*(.*)/.exec(text)?.[1] ?? ''
  return line.split(', ').flatMap((name) => (name.startsWith('DNS:') ? [name.slice('DNS:'.length)] : []))
}

/** The keys of §7 of the fact sheet by the numbers that the standards give them. */
const keys = new Map([
  ['2.5.4.6', 'C'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.7', 'L'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.3', 'CN'],
  ['1.2.840.113549.1.9.1', 'E'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.5', 'SERIALNUMBER'],
  ['2.5.4.4', 'SURNAME'],
  ['2.5.4.42', 'GIVENNAME'],
  ['2.5.4.12', 'T'],
  ['2.5.4.15', 'BusinessCategory'],
  ['2.5.4.17', 'PostalCode'],
])

/** A name as openssl writes it, told character by character in the words of the sheet. */
function respell(name: string): string {
  let told = ''
  let attribute = ''
  for (let at = 0; at <= name.length; at++) {
    if (name[at] === '\\') attribute += name[at]! + name[++at]!
    else if (at < name.length && name[at] !== ',' && name[at] !== '+') attribute += name[at]!
    else {
      told += respellAttribute(attribute) + (name[at] ?? '')
      attribute = ''
    }
  }
  return told
}

function respellAttribute(text: string): string {
  if (text === '') return ''
  const equals = text.indexOf('=')
  const number = text.slice(0, equals)
  const value = text.slice(equals + 1).replaceAll(/\\(.)/gsu, '$1')
  return `${keys.get(number) ?? number}=${escape(value)}`
}

const special = new Set([',', '"', '\\', '+', '=', '<', '>', ';'])

function escape(value: string): string {
  const characters = Array.from(value)
  const firstInk = characters.findIndex((character) => character !== ' ')
  const lastInk = characters.findLastIndex((character) => character !== ' ')
  const isOutside = (at: number): boolean => firstInk === -1 || at < firstInk || at > lastInk
  return characters
    .map((character, at) => {
      const isSpecial =
        special.has(character) || (character === '#' && at === 0) || (character === ' ' && isOutside(at))
      return isSpecial ? `\\${character}` : character
    })
    .join('')
}
