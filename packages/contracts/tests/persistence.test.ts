import { join } from 'node:path'
import { createRandom } from '@certtwin/mock-kit'
import { expect, it } from 'vitest'
import { type Served, serve, stop } from './commands/command-process.ts'
import { createKeyMaterial } from './material.ts'
import { temporaryFolder } from './programs.ts'

// An answer that was sent is on disk, whenever the process is killed.

const kills = 50
const duplicates = 1000
const senders = 4
const { csr } = createKeyMaterial()
const headers = { 'X-DC-DEVKEY': 'MOCKKEYADMIN', 'Content-Type': 'application/json' }

/** Asks for a duplicate; its certificate's id, or undefined where no answer came. */
async function requestDuplicate({ told: { service } }: Served): Promise<number | undefined> {
  const certificate = {
    common_name: '*.wild.example.net',
    dns_names: ['wild.example.net'],
    csr,
    server_platform: { id: 45 },
    signature_hash: 'sha256',
  }
  try {
    const url = `${service}/order/certificate/100003/duplicate`
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ certificate }) })
    const answer = (await response.json()) as { certificate_id: number }
    return response.status === 201 ? answer.certificate_id : undefined
  } catch {
    return undefined
  }
}

/** The ids of all certificates that a twin has; each as often as it is there. */
async function certificateIds({ told: { control } }: Served): Promise<number[]> {
  const snapshot = (await (await fetch(`${control}/state`)).json()) as { tables: { certificates: [number, object][] } }
  return snapshot.tables.certificates.map(([id]) => id)
}

/** Lets several senders ask until so many were acknowledged, and kills the twin in the midst of the next ones. */
async function runUntilKilled(twin: Served, count: number, acknowledged: number[]): Promise<void> {
  const { promise: enough, resolve } = Promise.withResolvers<void>()
  let open = count
  const send = async (): Promise<void> => {
    for (;;) {
      const id = await requestDuplicate(twin)
      if (id === undefined) return
      acknowledged.push(id)
      if (--open === 0) resolve()
    }
  }
  const sending = Array.from({ length: senders }, send)
  await enough
  twin.child.kill('SIGKILL')
  await twin.ended
  await Promise.all(sending)
}

it(`has every acknowledged duplicate once after each of ${kills} kills`, { timeout: 240_000 }, async () => {
  const data = join(temporaryFolder(), 'twin.db')
  const seed = process.env['TEST_SEED'] ?? String(Date.now())
  const random = createRandom(seed)
  const acknowledged: number[] = []
  const flags = ['--data', data, '--rate-limits', 'off']
  for (let killed = 0; killed < kills; killed++) {
    const twin = await serve('mock-digicert', ...flags)
    const ids = await certificateIds(twin)
    expect(
      acknowledged.filter((id) => !ids.includes(id)),
      `lost after kill ${killed}, seed ${seed}`,
    ).toEqual([])
    expect(new Set(ids).size, `twice after kill ${killed}, seed ${seed}`).toBe(ids.length)
    // 20 a run on average, so that all runs together have what was asked for.
    const share = Math.ceil((duplicates - acknowledged.length) / (kills - killed))
    const spread = killed === kills - 1 ? 1 : 0.5 + random.fraction()
    await runUntilKilled(twin, Math.max(1, Math.round(share * spread)), acknowledged)
  }
  const twin = await serve('mock-digicert', ...flags)
  const ids = await certificateIds(twin)
  const lost = acknowledged.filter((id) => !ids.includes(id))
  expect((await stop(twin)).status).toBe(0)
  process.stdout.write(
    `${acknowledged.length} duplicates acknowledged, ${acknowledged.length - lost.length} found after ${kills} kills\n`,
  )
  expect(acknowledged.length).toBeGreaterThanOrEqual(duplicates)
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
  expect(lost).toEqual([])
})
