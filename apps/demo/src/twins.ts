import { type CdnProMock, createCdnProMock, type DeploymentPace } from '@certtwin/mock-cdnpro'
import { createDigicertMock, type DigicertMock } from '@certtwin/mock-digicert'
import type { StartTwins } from './command/endpoints.ts'

// The one file of the demo that knows the twins: what it ties together runs against the vendors just as well.

/** Both twins, as objects in this process. */
export interface Twins {
  readonly digicert: DigicertMock
  readonly cdnpro: CdnProMock
}

/** @param pace - how fast deployment tasks go */
export function createTwins(pace: DeploymentPace): Twins {
  return { digicert: createDigicertMock(), cdnpro: createCdnProMock({ lifecycle: pace }) }
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
