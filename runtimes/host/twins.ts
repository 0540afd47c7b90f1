import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createCertificateMaterial, createKeyMaterial } from '../../packages/contracts/tests/material.ts'
import { createCdnProMock } from '../../packages/mock-cdnpro/src/index.ts'
import { createDigicertMock } from '../../packages/mock-digicert/src/index.ts'
import type { Place } from '../cases/place.ts'

/** Starts the twins, in whose worlds the cases happen. */
export async function startTwins(): Promise<{
  readonly place: Omit<Place, 'runtime'>
  readonly close: () => Promise<unknown>
}> {
  const twins = [
    createDigicertMock({ accounts: 'open' }),
    createCdnProMock({ accounts: 'open', lifecycle: { reads: 2 } }),
    createCdnProMock({ accounts: 'open', lifecycle: { reads: 2 }, door: 'native' }),
  ]
  const listening = await Promise.all(twins.map((twin) => twin.listen()))
  const [digicertUrl, gatewayUrl, nativeUrl] = listening.map(({ url }) => url) as [string, string, string]
  const place = {
    digicertUrl,
    gatewayUrl,
    nativeUrl,
    closedUrl: await closedUrl(),
    csr: createKeyMaterial().csr,
    ...createCertificateMaterial(['shop.example.net']),
  }
  return { place, close: () => Promise.all(listening.map((each) => each.close())) }
}

/** An address that was free a moment ago. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return `http://127.0.0.1:${port}`
}
