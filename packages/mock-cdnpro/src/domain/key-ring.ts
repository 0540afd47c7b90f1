import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { VersionContent } from '../entities.ts'
import type { CdnProWorld } from '../world.ts'
import { toSpki } from './public-key.ts'
import { testKeyOf } from './test-keys.ts'

/**
 * The keys of a customer. A private key is remembered under its public half, so that versions with the same key share
 * it and none is ever taken for another one's, whatever a snapshot put into the tables beside.
 */
export interface KeyRing {
  /** The public key of a version, as `toSpki()` writes it; undefined where none is known. */
  publicKeyOf(version: VersionContent): string | undefined
  /** Undefined for a version that was planted without its key, or that came with a snapshot, which holds no keys. */
  privateKeyOf(version: VersionContent): KeyObject | undefined
  remember(privateKey: KeyObject): void
  /** Forgets the keys that no version has any more. */
  forgetUnused(): void
}

export function keyRingOf({ state, seed }: CdnProWorld, customerId: number): KeyRing {
  const { privateKeys, certificates } = state
  const publicKeyOf: KeyRing['publicKeyOf'] = ({ spki, testKey }) =>
    testKey === undefined ? spki : toSpki(createPublicKey(testKeyOf(seed, testKey)))
  return {
    publicKeyOf,
    privateKeyOf({ spki, testKey }) {
      if (testKey !== undefined) return testKeyOf(seed, testKey)
      const stored = spki === undefined ? undefined : privateKeys.get(placeOf(customerId, spki))
      return stored && createPrivateKey({ key: Buffer.from(stored.pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
    },
    remember(privateKey) {
      const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
      privateKeys.set(placeOf(customerId, toSpki(createPublicKey(privateKey))), { customerId, pkcs8 })
    },
    forgetUnused() {
      const versions = certificates.group(customerId).flatMap((certificate) => certificate.versions)
      const used = new Set(versions.map(({ spki }) => spki && placeOf(customerId, spki)))
      for (const [place, key] of privateKeys)
        if (key.customerId === customerId && !used.has(place)) privateKeys.delete(place)
    },
  }
}

/** A hash, since a public key is long for the name of a row. */
function placeOf(customerId: number, spki: string): string {
  return `${customerId}/${createHash('sha256').update(spki).digest('hex')}`
}
