import { toBase64, toBytes } from '../bytes.ts'

/** What a request is signed with at a moment. */
interface Signature {
  readonly username: string
  readonly apiKey: string
  readonly date: string
  readonly authorization: string
}

/**
 * Signs requests by HTTP Basic, with HMAC-SHA1 of the date as the password.
 *
 * @param remember - is told each password, which must not appear anywhere
 */
export function createBasicSigner(
  remember: (secret: string) => void,
): (headers: Headers, username: string, apiKey: string, date: string) => Promise<void> {
  // Dates have whole seconds, so calls close by share a signature; it costs more than all the rest of a call.
  let last: Signature | undefined
  let imported: ImportedKey | undefined
  return async (headers, username, apiKey, date) => {
    if (last?.date !== date || last.apiKey !== apiKey || last.username !== username) {
      if (imported?.apiKey !== apiKey) imported = { apiKey, key: importKey(apiKey) }
      last = await createSignature(username, imported, date, remember)
    }
    headers.set('Authorization', last.authorization)
  }
}

/** The platform's key; its type has another name in each platform's declarations. */
type HmacKey = Parameters<typeof crypto.subtle.sign>[1]

interface ImportedKey {
  readonly apiKey: string
  readonly key: Promise<HmacKey>
}

function importKey(apiKey: string): Promise<HmacKey> {
  return crypto.subtle.importKey('raw', toBytes(apiKey), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
}

async function createSignature(
  username: string,
  { apiKey, key }: ImportedKey,
  date: string,
  remember: (secret: string) => void,
): Promise<Signature> {
  const password = toBase64(await crypto.subtle.sign('HMAC', await key, toBytes(date)))
  const credentials = btoa(`${username}:${password}`)
  remember(password)
  remember(credentials)
  return { username, apiKey, date, authorization: `Basic ${credentials}` }
}
