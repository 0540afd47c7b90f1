import type { FlatHeaders } from './record.ts'
import { type Spellings, spellingsOf, withoutSpellings } from './secret-spellings.ts'

/** Where a twin's secrets are; credentials in the headers that HTTP has for them, and texts of private keys, are found anyway. */
export interface SecretPlaces {
  /** Names of request headers, in lower case. */
  readonly headers: readonly string[]
  /** Names of JSON members, and of form and query parameters, whose value is secret. */
  readonly members: readonly string[]
}

/** What stands in the place of a secret. */
export const masked = '***'

/** Takes the secrets of one request out of everything that the journal keeps of it. */
export interface Mask {
  readonly header: (name: string, value: string) => string
  readonly text: (text: string) => string
}

/** Makes a mask from the headers of a request. */
export type Masking = (headers: FlatHeaders) => Mask

const secretAnywhere = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie']

export function createMasking({ headers, members }: SecretPlaces): Masking {
  const secretNames = new Set([...secretAnywhere, ...headers])
  const withoutMembers = createMemberMask(members)
  return (flat) => {
    const secrets: Spellings[] = []
    for (let index = 0; index < flat.length; index += 2)
      if (secretNames.has(flat[index]!.toLowerCase())) secrets.push(spellingsOf(flat[index + 1]!))
    const withoutSecrets = (text: string): string => {
      let safe = text
      for (const spellings of secrets) safe = withoutSpellings(safe, spellings, masked)
      return safe
    }
    return {
      header: (name, value) => (secretNames.has(name.toLowerCase()) ? masked : withoutSecrets(value)),
      text: (text) => withoutPrivateKeys(withoutMembers(withoutSecrets(text))),
    }
  }
}

/** By what a member of JSON or a parameter is called. */
function createMemberMask(members: readonly string[]): (text: string) => string {
  if (members.length === 0) return (text) => text
  const names = members.join('|')
  const json = new RegExp(String.raw`("(?:${names})"\s*:\s*)(?:"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[\w.+-]+)`, 'gs')
  const parameter = new RegExp(String.raw`((?:^|[?&])(?:${names})=)[^&#]+`, 'g')
  return (text) => {
    if (!members.some((name) => text.includes(name))) return text
    return text.replaceAll(json, `$1"${masked}"`).replaceAll(parameter, `$1${masked}`)
  }
}

const blank = String.raw`(?: |\+|%20)`
const dashes = '(?:-|%2[Dd]){5}'
const label = String.raw`${blank}[A-Z0-9 +%]{0,40}PRIVATE${blank}KEY${dashes}`

/** A private key in PEM, also with its line ends escaped or URL-encoded, and also cut off. */
const privateKeyPem = new RegExp(`${dashes}BEGIN${label}.*?(?:${dashes}END${label}|$)`, 'gs')

/** The same in Base64: how PKCS #8, encrypted PKCS #8, PKCS #1 and SEC 1 begin. */
const encodedPem =
  /LS0tLS1CRUdJTiB(?:QUklWQVRFIEtFWS|FTkNSWVBURUQgUFJJVkFURSBLRVkt|SU0EgUFJJVkFURSBLRVkt|FQyBQUklWQVRFIEtFWS)[\w+/=-]*/g

function withoutPrivateKeys(text: string): string {
  const safe = text.includes('PRIVATE') ? text.replaceAll(privateKeyPem, masked) : text
  return safe.includes('LS0tLS1CRUdJTi') ? safe.replaceAll(encodedPem, masked) : safe
}
