import type { Place } from '../cases/place.ts'

/** What is wrong with what a runtime has printed: a secret that the cases used, or no error at all. */
export function secretsIn(
  printed: string,
  { canary, privateKey, csr }: Pick<Place, 'canary' | 'privateKey' | 'csr'>,
): string | undefined {
  if (!printed.includes('createCertificate failed')) return 'It printed no error.'
  const secrets = {
    'the API key': canary,
    'the API key in a URL': encodeURIComponent(canary),
    'the API key in Base64': btoa(canary),
    'the private key': secondLine(privateKey),
    'the CSR': secondLine(csr),
  }
  const shown = Object.entries(secrets).filter(([, secret]) => printed.includes(secret))
  return shown.length === 0 ? undefined : `It printed ${shown.map(([name]) => name).join(' and ')}.`
}

/** Of PEM, the first line that is not the same everywhere. */
function secondLine(pem: string): string {
  return pem.split(/\r?\n/)[1]!
}
