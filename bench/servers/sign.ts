// How many RSA-2048 signatures of SHA-256 `crypto.sign` makes in a second on this core, over as much as a certificate has to sign.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const toBeSigned = randomBytes(900)

process.on('message', ({ warmUpMs, sampleMs }: { warmUpMs: number; sampleMs: number }) => {
  signFor(warmUpMs)
  process.send?.({ perSecond: signFor(sampleMs) })
})

function signFor(durationMs: number): number {
  const startMs = performance.now()
  let signatures = 0
  while (performance.now() - startMs < durationMs) {
    sign('sha256', toBeSigned, privateKey)
    signatures++
  }
  return signatures / ((performance.now() - startMs) / 1000)
}
