import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const scenario = fileURLToPath(new URL('determinism-scenario.ts', import.meta.url))

/** What a process of its own saw, call by call. */
async function transcriptOf(seed: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [scenario, seed], { maxBuffer: 32 * 1024 * 1024 })
  return JSON.parse(stdout) as string[]
}

const statusOf = (exchange: string): number => Number(exchange.split('\n')[1]!.slice(0, 3))

describe('one scenario, in processes of its own', () => {
  let [one, again, other]: string[][] = []
  beforeAll(async () => {
    ;[one, again, other] = await Promise.all(['one', 'one', 'other'].map(transcriptOf))
  })

  it.each([
    ['the DigiCert twin', ' /services/v2/', [200, 201, 204, 400, 403, 503]],
    ['the CDN Pro twin', ' /cdn/', [200, 201, 204, 400, 401, 404, 409, 503]],
  ])('makes 25 calls or more at %s, and sees successes, refusals and faults', (_, path, statuses) => {
    const own = one!.filter((exchange) => exchange.split('\n')[0]!.includes(path))
    expect(own.length).toBeGreaterThanOrEqual(25)
    expect([...new Set(own.map(statusOf))].toSorted((first, second) => first - second)).toEqual(statuses)
  })

  it('has the same transcript for the same seed, byte for byte', () => {
    expect(again).toEqual(one)
  })

  it('has another one for another seed: other certificates, ids and faults', () => {
    const statuses = [one, other].map((transcript) => transcript!.map(statusOf).join(' '))
    expect(statuses[1]).not.toBe(statuses[0])
    const serials = [one, other].map((transcript) => transcript!.join('').match(/"serial_number":"\w+"/g))
    expect(serials[0]!.filter((serial) => serials[1]!.includes(serial))).toEqual([])
  })
})
