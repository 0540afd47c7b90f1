import type { Auth } from '../transport/transport.ts'

/** CertCentral's scheme: the API key in `X-DC-DEVKEY`. */
export function digicertAuth(apiKey: string): Auth {
  return (fetch) => (request) => {
    request.headers.set('X-DC-DEVKEY', apiKey)
    return fetch(request)
  }
}
