import { createSecrets, type Credential } from '../transport/credential.ts'
import { toRequest } from '../transport/request.ts'
import type { Auth } from '../transport/service.ts'

/** CertCentral's scheme: the API key in `X-DC-DEVKEY`. */
export function digicertAuth(apiKey: Credential): Auth {
  const { secrets, ask } = createSecrets()
  return {
    async sign(draft) {
      const request = toRequest(draft)
      request.headers.set('X-DC-DEVKEY', await ask('apiKey', apiKey))
      return request
    },
    secrets,
    account: typeof apiKey === 'string' ? apiKey : undefined,
  }
}
