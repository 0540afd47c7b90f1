import { CerttwinError, isCerttwinError } from '@certtwin/core'
import { isCerttwinError as isOne, createDigicertClient } from '@certtwin/core-again'
import { equal, errorOf, ok } from './proof.ts'
import type { Cases, World } from './world.ts'

// Nothing that looks like a key may be seen anywhere: neither here nor in what the runtime prints, which the host looks through.

/** Everything that a value shows on this runtime. */
function shown({ platform }: World, value: unknown): string {
  platform.print(value)
  const error = value instanceof Error ? [value.message, value.stack, String(value)] : []
  return [...error, JSON.stringify(value), platform.inspect?.(value)].join('\n')
}

function hidesAll(world: World, value: unknown): void {
  const text = shown(world, value)
  const { canary } = world.place
  for (const secret of [canary, btoa(canary), encodeURIComponent(canary), 'BEGIN PRIVATE KEY'])
    ok(!text.includes(secret), 'no secret is shown')
}

/** An error of each client, from a service that repeats all that it got, or is not there. */
async function errors({ digicert, gateway, place }: World, baseUrl: string): Promise<CerttwinError[]> {
  const { canary: apiKey, csr, certificate, chainCert, privateKey } = place
  const request = { certificate: { common_name: 'example.com', csr, signature_hash: 'sha256' } }
  const newVersion = { certificate, chainCert, privateKey }
  const options = { apiKey, baseUrl, retry: { attempts: 1 } }
  return [
    await errorOf(digicert(options).duplicates.create(1, request)),
    await errorOf(gateway(options).certificates.create({ name: 'x', newVersion })),
  ]
}

export const redaction: Cases = {
  'an error shows no secret when the service repeats it': async (world) => {
    for (const error of await errors(world, `${world.place.oddUrl}/echo`)) {
      hidesAll(world, error)
      hidesAll(world, new Error('A program wraps it.', { cause: error }))
      hidesAll(world, [error])
      ok(error.message.includes('***'), 'something was blotted out')
    }
  },
  'an error shows no secret when nobody answers': async (world) => {
    for (const error of await errors(world, world.place.closedUrl)) hidesAll(world, error)
  },
  'a hook sees no secret': async (world) => {
    const told: unknown[] = []
    const note = (event: unknown): void => void told.push(event)
    const hooks = { onRequest: note, onResponse: note, onRetry: note, onError: note }
    const { canary: apiKey, oddUrl } = world.place
    const baseUrl = `${oddUrl}/echo`
    await errorOf(world.gateway({ apiKey, baseUrl, hooks }).certificates.get(apiKey))
    equal(told.length, 3)
    hidesAll(world, told)
  },
  'an error of a second copy of the package is known': async ({ place, name }) => {
    const client = createDigicertClient({
      apiKey: `MOCKKEYADMIN.${name}`,
      baseUrl: `${place.twins.digicert}/services/v2`,
    })
    const error = await errorOf(client.orders.get(1))
    equal([isCerttwinError(error), isOne(error), error instanceof CerttwinError], [true, true, false])
    equal([isCerttwinError(new Error('x')), isCerttwinError(undefined)], [false, false])
  },
}
