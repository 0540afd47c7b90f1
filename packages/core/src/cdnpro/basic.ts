import { toBase64 } from '../bytes.ts'
import { type HmacKey, importHmacKey, signText } from './hmac.ts'

/**
 * Makes the header of HTTP Basic, with HMAC-SHA1 of the date as the password.
 *
 * @param remember - is told each password, which must not appear anywhere
 */
export function createBasicSigner(
  remember: (secret: string) => void,
): (username: string, apiKey: string, date: string) => Promise<string> {
  // Dates have whole seconds, so calls close by share a signature; it costs more than all the rest of a call.
  let last: readonly string[] = []
  let imported: readonly [apiKey: string, key: Promise<HmacKey>] | undefined
  return async (username, apiKey, date) => {
    const [lastUsername, lastApiKey, lastDate, authorization] = last
    if (authorization && lastUsername === username && lastApiKey === apiKey && lastDate === date) return authorization
    if (imported?.[0] !== apiKey) imported = [apiKey, importHmacKey(apiKey, 'SHA-1')]
    const password = toBase64(await signText(imported[1], date))
    const credentials = btoa(`${username}:${password}`)
    remember(password)
    remember(credentials)
    last = [username, apiKey, date, `Basic ${credentials}`]
    return last[3]!
  }
}
