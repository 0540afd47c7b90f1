import type { Fetch } from '../fetch.ts'
import { askCredential, createSecrets, type Credential } from '../transport/credential.ts'
import type { Auth } from '../transport/transport.ts'

/** CertCentral's scheme: the API key in `X-DC-DEVKEY`. */
export function digicertAuth(apiKey: Credential): Auth {
  const { secrets, remember } = createSecrets(apiKey)
  const withKey =
    (fetch: Fetch): Fetch =>
    async (request) => {
      const key = await askCredential('apiKey', apiKey)
      remember(key)
      request.headers.set('X-DC-DEVKEY', key)
      return fetch(request)
    }
  return { sign: withKey, secrets, account: typeof apiKey === 'string' ? apiKey : undefined }
}
