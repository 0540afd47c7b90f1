// Runs the module of a page in a process of its own: `node run-page.ts FILE`. What it asks the vendors is answered by twins, and
// whatever else it asks is refused, so that nothing leaves the machine.
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { pathToFileURL } from 'node:url'
import { installVirtualTime } from './virtual-time.ts'

const underWay = installVirtualTime()
const digicert = createDigicertMock({ seed: 'documents' })
const services: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
  'https://www.digicert.com': digicert.fetch,
  'https://certcentral.digicert.eu': digicert.fetch,
  'https://open.chinanetcenter.com': createCdnProMock({ seed: 'documents' }).fetch,
  'https://ngapi.cdnetworks.com': createCdnProMock({ seed: 'documents', door: 'native', generation: 'current' }).fetch,
}

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init)
  const service = services[new URL(request.url).origin]
  if (service === undefined) throw new TypeError(`A page asks for ${request.url}, which is no vendor's.`)
  return underWay(Promise.resolve(service(request)))
}

await import(pathToFileURL(process.argv[2]!).href)
