import type { KeyObject } from 'node:crypto'
import { createRandom } from '../random.ts'
import { groupOrder, privateKeyOf, toNumber } from './p256.ts'

/** Eight more than the order has, so that hardly any scalar is likelier than another. */
const drawnBytes = 40

/** The P-256 private key of a seed: always the same one, for whoever knows the seed. */
export function createSeededEcKey(seed: string): KeyObject {
  const drawn = toNumber(createRandom(seed).bytes(drawnBytes))
  return privateKeyOf((drawn % (groupOrder - 1n)) + 1n)
}
