import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCertificateMaterial, createKeyMaterial } from '../../packages/contracts/tests/material.ts'
import { createCdnProMock } from '../../packages/mock-cdnpro/src/index.ts'
import { createDigicertMock } from '../../packages/mock-digicert/src/index.ts'
import type { Place } from '../cases/place.ts'
import { startOddService } from './odd-service.ts'

/** What the cases happen at. */
export interface Surroundings {
  readonly place: Omit<Place, 'runtime'>
  readonly close: () => Promise<void>
}

/** Starts the twins, in whose worlds the cases happen, and what else there is. */
export async function startTwins(): Promise<Surroundings> {
  const open = { accounts: 'open', lifecycle: { reads: 2 } } as const
  const twins = [createDigicertMock(open), createCdnProMock(open), createCdnProMock({ ...open, door: 'native' })]
  const listening = await Promise.all(twins.map((twin) => twin.listen()))
  const [digicert, gateway, native] = listening.map(({ url }) => url) as [string, string, string]
  const [odd, closed] = [await startOddService(), createServer().listen(0, '127.0.0.1')]
  await once(closed, 'listening')
  const place = {
    twins: { digicert, gateway, native },
    oddUrl: urlOf(odd),
    closedUrl: urlOf(closed),
    canary: 'CANARY-7f3a+/secret',
    csr: createKeyMaterial().csr,
    ...createCertificateMaterial(['shop.example.net']),
  }
  closed.close()
  return {
    place,
    async close() {
      odd.closeAllConnections()
      odd.close()
      await Promise.all(listening.map((each) => each.close()))
    },
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
