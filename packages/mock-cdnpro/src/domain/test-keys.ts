import { randomBytes, type KeyObject } from 'node:crypto'
import { createSeededEcKey, createSeededKey } from '@certtwin/mock-kit/x509'
import type { TestKeyName } from '../entities.ts'

const makers: Readonly<Record<TestKeyName, (seed: string) => KeyObject>> = {
  'rsa-2048': (seed) => createSeededKey(seed),
  'rsa-4096': (seed) => createSeededKey(seed, 4096),
  'p-256': createSeededEcKey,
}

/** Keys are slow to make, and worlds with the same seed, or without one, have the same ones. */
const made = new Map<string, KeyObject>()
const unseeded = randomBytes(16).toString('hex')

/** A key that stands behind seed data; made on first use, since the large one takes a second. */
export function testKeyOf(seed: string = unseeded, name: TestKeyName): KeyObject {
  const place = `${seed}/test keys/${name}`
  const key = made.get(place) ?? makers[name](place)
  made.set(place, key)
  return key
}
