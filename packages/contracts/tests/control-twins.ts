import { type CdnProClient, createCdnProClient, createDigicertClient, type DigicertClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import {
  createManualClock,
  type Twin,
  type TwinClock,
  type TwinListening,
  type TwinListenOptions,
} from '@certtwin/mock-kit'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'

/** A twin on a port, with calls of its API that a client makes. */
export interface ServedTwin {
  readonly twin: Twin<object>
  readonly clock: TwinClock
  readonly listening: TwinListening
  /** A call that succeeds: of `readOperation`, answered with 200. */
  readonly read: () => Promise<unknown>
  /** A call that the twin refuses with 404. */
  readonly miss: () => Promise<unknown>
  /** A call whose body holds this text, of `writeOperation`; whatever comes of it. */
  readonly write: (text: string) => Promise<unknown>
  readonly readOperation: string
  readonly writeOperation: string
  /** Something that only this twin can do, and what it takes. */
  readonly action: { readonly name: string; readonly input: object }
  /** What must not be seen: what the client authenticates with, and the private key that it uploads. */
  readonly secrets: readonly string[]
}

/** A twin to serve. */
export interface TwinToServe {
  readonly name: string
  readonly serve: (options?: TwinListenOptions) => Promise<ServedTwin>
}

const start = '2023-04-04T12:53:25Z'

async function serveDigicert(options?: TwinListenOptions): Promise<ServedTwin> {
  const clock = createManualClock(start)
  const twin = createDigicertMock({ clock })
  const listening = await twin.listen(options)
  const { apiKey } = twin.accounts[0]
  const client: DigicertClient = createDigicertClient({
    apiKey,
    baseUrl: `${listening.url}/services/v2`,
    retry: { attempts: 1 },
  })
  const { csr } = createKeyMaterial()
  const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
  return {
    twin,
    clock,
    listening,
    read: () => settled(client.duplicates.list(112233)),
    miss: () => settled(client.duplicates.list(4711)),
    write: (comments) => settled(client.duplicates.create(112233, { certificate, comments })),
    readOperation: 'listDuplicates',
    writeOperation: 'requestDuplicate',
    action: { name: 'complete-validation', input: { container: 14 } },
    secrets: [apiKey],
  }
}

async function serveCdnPro(options?: TwinListenOptions): Promise<ServedTwin> {
  const clock = createManualClock(start)
  const twin = createCdnProMock({ clock })
  const listening = await twin.listen(options)
  const { username, apiKey } = twin.accounts[0]
  const client: CdnProClient = createCdnProClient({
    username,
    apiKey,
    baseUrl: listening.url,
    now: clock.now,
    retry: { attempts: 1 },
  })
  const material = createCertificateMaterial(['shop.example.net'])
  return {
    twin,
    clock,
    listening,
    read: () => settled(client.certificates.get('9fddeb2fea3ed5b52d89d81d')),
    miss: () => settled(client.certificates.get('nothing')),
    write: (description) =>
      settled(client.certificates.create({ name: `shop-${++uploads}`, description, newVersion: material })),
    readOperation: 'getCertificate',
    writeOperation: 'createCertificate',
    action: { name: 'finish-tasks', input: {} },
    secrets: [apiKey, material.privateKey.split('\n')[1]!],
  }
}

let uploads = 0

/** What became of a call does not matter here. */
function settled(call: Promise<unknown>): Promise<unknown> {
  return call.catch((error: unknown) => error)
}

export const twinsToServe: readonly TwinToServe[] = [
  { name: 'DigiCert', serve: serveDigicert },
  { name: 'CDN Pro', serve: serveCdnPro },
]
