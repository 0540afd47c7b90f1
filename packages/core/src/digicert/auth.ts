import { askCredential, createSecrets, type Credential } from '../transport/credential.ts'
import type { Send } from '../transport/send.ts'
import type { Auth } from '../transport/transport.ts'

/** CertCentral's scheme: the API key in `X-DC-DEVKEY`. */
export function digicertAuth(apiKey: Credential): Auth {
  const { secrets, remember } = createSecrets(apiKey)
  const withKey =
    (send: Send): Send =>
    async (request, signal) => {
      // What is known need not be waited for.
      const key = typeof apiKey === 'string' ? apiKey : await askCredential('apiKey', apiKey)
      remember(key)
      request.headers.set('X-DC-DEVKEY', key)
      return send(request, signal)
    }
  return { sign: withKey, secrets, account: typeof apiKey === 'string' ? apiKey : undefined }
}
