import { checkPrimeSync, createPrivateKey, type KeyObject } from 'node:crypto'
import { createRandom, type Random } from '../random.ts'
import { greatestCommonDivisor, modularInverse } from './modular.ts'

const publicExponent = 65537n
/** Primes must lie further apart than two to the power of their bits less this (FIPS 186-5, A.1.3): close ones are easily found. */
const distanceBits = 100n
/** So many odd numbers are looked at before a new start is drawn; in 0.3 % of the cases no prime of 1024 bits is among them, in 6 % none of 2048. */
const windowLength = 2048
const sieveLimit = 1 << 14

/**
 * The RSA private key of a seed: always the same one, for whoever knows the seed.
 *
 * Our own, since neither node:crypto nor OpenSSL makes keys from a seed. One of 2048 bits takes about a tenth of a second, one of
 * 4096 about a second.
 *
 * @param bits - of the modulus; 2048 unless told
 */
export function createSeededKey(seed: string, bits: 2048 | 4096 = 2048): KeyObject {
  const random = createRandom(seed)
  const primeBits = BigInt(bits / 2)
  const first = findPrime(random, primeBits, () => true)
  const second = findPrime(random, primeBits, (prime) => distance(prime, first) >> (primeBits - distanceBits) > 0n)
  return first > second ? toKey(first, second) : toKey(second, first)
}

function distance(one: bigint, other: bigint): bigint {
  return one > other ? one - other : other - one
}

/** A prime that fits the public exponent. */
function findPrime(random: Random, bits: bigint, accepts: (prime: bigint) => boolean): bigint {
  for (;;) {
    const prime = firstPrimeFrom(drawStart(random, bits))
    if (prime !== undefined && accepts(prime) && (prime - 1n) % publicExponent !== 0n) return prime
  }
}

/** An odd number whose two top bits are set, so that the product of two such has all its bits. */
function drawStart(random: Random, bits: bigint): bigint {
  const bytes = random.hex(Number(bits / 8n))
  return BigInt(`0x${bytes}`) | (0b11n << (bits - 2n)) | 1n
}

/** The sieve leaves a ninth of the odd numbers for the test, which is what takes the time. */
function firstPrimeFrom(start: bigint): bigint | undefined {
  const isComposite = sieve(start)
  for (let index = 0; index < windowLength; index++) {
    const candidate = start + 2n * BigInt(index)
    if (isComposite[index] === 0 && checkPrimeSync(candidate)) return candidate
  }
  return undefined
}

/** Marks which of the odd numbers from `start` on have a small divisor. */
function sieve(start: bigint): Uint8Array {
  const isComposite = new Uint8Array(windowLength)
  for (const prime of smallPrimes()) {
    const remainder = Number(start % BigInt(prime))
    // Multiples of it are that far away, and every other one of them is odd.
    const gap = (prime - remainder) % prime
    const first = gap % 2 === 0 ? gap / 2 : (gap + prime) / 2
    for (let index = first; index < windowLength; index += prime) isComposite[index] = 1
  }
  return isComposite
}

let knownPrimes: readonly number[] | undefined

/** The odd primes below the limit, found on first use. */
function smallPrimes(): readonly number[] {
  if (knownPrimes !== undefined) return knownPrimes
  const isComposite = new Uint8Array(sieveLimit)
  const primes: number[] = []
  for (let number = 3; number < sieveLimit; number += 2) {
    if (isComposite[number] === 1) continue
    primes.push(number)
    for (let multiple = number * number; multiple < sieveLimit; multiple += number) isComposite[multiple] = 1
  }
  return (knownPrimes = primes)
}

/** `p` is the larger one. */
function toKey(p: bigint, q: bigint): KeyObject {
  const common = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n)
  const d = modularInverse(publicExponent, common)
  const members = { n: p * q, e: publicExponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: modularInverse(q, p) }
  const encoded = Object.entries(members).map(([name, value]) => [name, encodeInteger(value)])
  return createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(encoded) }, format: 'jwk' })
}

/** Big-endian without leading zeros, in base64url, as JWK has it. */
function encodeInteger(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url')
}
