import { type CdnProMock, createCdnProMock, type DeploymentPace } from '@certtwin/mock-cdnpro'
import { createDigicertMock, type DigicertMock } from '@certtwin/mock-digicert'
import type { JournalEntry, Listening } from '@certtwin/mock-kit'
import type { StartTwins } from './command/endpoints.ts'

// The one file of the demo that knows the twins: what it ties together runs against the vendors just as well.

/** Both twins, as objects in this process. */
export interface Twins {
  readonly digicert: DigicertMock
  readonly cdnpro: CdnProMock
}

/** Told, as a line for a person, why a twin refused a request. */
export type TellRefusal = (line: string) => void

/** @param pace - how fast deployment tasks go */
export function createTwins(pace: DeploymentPace, tell: TellRefusal = () => {}): Twins {
  return {
    digicert: createDigicertMock({ onExchange: tellRefusals('DigiCert', tell) }),
    cdnpro: createCdnProMock({ lifecycle: pace, onExchange: tellRefusals('CDN Pro', tell) }),
  }
}

/** The vendors say less than the journal does, so whoever debugs a program in another process is told here. */
function tellRefusals(twin: string, tell: TellRefusal): (entry: JournalEntry) => void {
  return ({ operation, method, url, status, diagnosis }) => {
    if (status < 400) return
    const called = operation ?? `${method} ${URL.parse(url)?.pathname}`
    tell(`${twin} twin: ${called} refused with ${status}, ${diagnosis}`)
  }
}

/** What a client needs to talk to twins in this process, without a port. */
export const startTwins: StartTwins = (realistic) => {
  const { digicert, cdnpro } = createTwins(realistic ? 'realistic' : { reads: 2 })
  const [{ username, apiKey }] = cdnpro.accounts
  return {
    digicert: { apiKey: digicert.accounts[0].apiKey, fetch: digicert.fetch },
    cdnpro: { username, apiKey, fetch: cdnpro.fetch },
  }
}

export interface TwinPorts {
  readonly digicertPort: number
  readonly cdnproPort: number
}

/** Both twins, on ports. */
export interface ListeningTwins {
  readonly digicert: Listening
  readonly cdnpro: Listening
}

/** @throws ListenError when a port cannot be had; then neither twin listens */
export async function listenTwins(twins: Twins, { digicertPort, cdnproPort }: TwinPorts): Promise<ListeningTwins> {
  const digicert = await twins.digicert.listen({ port: digicertPort })
  try {
    return { digicert, cdnpro: await twins.cdnpro.listen({ port: cdnproPort }) }
  } catch (error) {
    await digicert.close()
    throw error
  }
}

/** What a client needs to talk to twins on their ports. */
export function servicesOf(twins: Twins, { digicert, cdnpro }: ListeningTwins): ReturnType<StartTwins> {
  const [{ username, apiKey }] = twins.cdnpro.accounts
  return {
    digicert: { apiKey: twins.digicert.accounts[0].apiKey, baseUrl: `${digicert.url}/services/v2` },
    cdnpro: { username, apiKey, baseUrl: cdnpro.url },
  }
}

/** Where the twins are, who may call them, and a command that can be pasted. */
export function describeTwins(twins: Twins, { digicert, cdnpro }: ListeningTwins): string {
  const { apiKey } = twins.digicert.accounts[0]
  const [account] = twins.cdnpro.accounts
  return [
    `DigiCert twin  ${digicert.url}/services/v2`,
    `CDN Pro twin   ${cdnpro.url}`,
    '',
    'Set these to run a program, or the demo, against them:',
    `  export DIGICERT_BASE_URL=${digicert.url}/services/v2 DIGICERT_API_KEY=${apiKey}`,
    `  export CDNPRO_BASE_URL=${cdnpro.url} CDNPRO_USERNAME=${account.username} CDNPRO_API_KEY=${account.apiKey}`,
    '',
    'Try it:',
    `  curl -H 'X-DC-DEVKEY: ${apiKey}' ${digicert.url}/services/v2/order/certificate/100003/duplicate`,
  ].join('\n')
}
