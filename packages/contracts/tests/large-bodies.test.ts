import { writeFile } from 'node:fs/promises'
import { request as httpRequest, Agent } from 'node:http'
import { join } from 'node:path'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import type { Listening } from '@certtwin/mock-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { cannotRun, run, temporaryFolder } from './programs.ts'

// A body of 2 MB gets its 413 each time, with every kind of client: a twin that answers too early resets the connection.

const body = 'x'.repeat(2 * 1024 * 1024)
const key = { 'X-DC-DEVKEY': 'MOCKKEYADMIN', 'Content-Type': 'application/json' }
const running: Listening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

const twins = [
  {
    name: 'DigiCert',
    path: '/services/v2/order/certificate/112233/duplicate',
    create: () => createDigicertMock({ rateLimits: false }),
  },
  { name: 'CDN Pro', path: '/cdn/certificates', create: () => createCdnProMock() },
] as const

async function setup({ create, path }: (typeof twins)[number]): Promise<URL> {
  const listening = await create().listen()
  running.push(listening)
  return new URL(path, listening.url)
}

function nodeRequest(url: URL, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { agent, method: 'POST', headers: key }, (response) =>
      response.resume().on('end', () => resolve(response.statusCode!)),
    )
      .on('error', reject)
      .end(body)
  })
}

describe.each(twins)('the $name twin and a body of 2 MB', { timeout: 60_000 }, (twin) => {
  it('answers fetch with 413, 100 times of 100', async () => {
    const url = await setup(twin)
    const statuses: number[] = []
    for (let count = 0; count < 100; count++) {
      const response = await fetch(url, { method: 'POST', headers: key, body })
      await response.text()
      statuses.push(response.status)
    }
    expect(statuses).toEqual(Array.from({ length: 100 }, () => 413))
  })

  it('answers node:http on kept connections with 413, 100 times of 100', async () => {
    const url = await setup(twin)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const statuses: number[] = []
    for (let count = 0; count < 100; count++) statuses.push(await nodeRequest(url, agent))
    agent.destroy()
    expect(statuses).toEqual(Array.from({ length: 100 }, () => 413))
  })

  it.skipIf(cannotRun('curl') !== undefined)(
    'answers curl with 413, 100 times of 100 (skipped where there is none)',
    async () => {
      const url = await setup(twin)
      const file = join(temporaryFolder(), 'body')
      await writeFile(file, body)
      const headers = Object.entries(key).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
      const call = ['-s', '-o', '/dev/null', '-w', '%{http_code}\\n', ...headers, '--data-binary', `@${file}`, url.href]
      const { stdout } = await run(
        'curl',
        Array.from({ length: 100 }, (_, index) => (index === 0 ? call : ['--next', ...call])).flat(),
      )
      expect(stdout).toBe('413\n'.repeat(100))
    },
  )
})
