/** The greatest common divisor of two positive numbers. */
export function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : greatestCommonDivisor(other, one % other)
}

/**
 * The number that gives 1 when it is multiplied by `value`, modulo `modulus`; between 0 and the modulus.
 *
 * @throws RangeError when the two have a common divisor, so that there is none
 */
export function modularInverse(value: bigint, modulus: bigint): bigint {
  // Each remainder is value × factor, modulo the modulus (the extended algorithm of Euclid).
  let [remainder, next] = [modulus, value % modulus]
  let [factor, nextFactor] = [0n, 1n]
  while (next !== 0n) {
    const quotient = remainder / next
    ;[remainder, next] = [next, remainder - quotient * next]
    ;[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor]
  }
  if (remainder !== 1n) throw new RangeError('A number has no inverse modulo another that it shares a divisor with.')
  return ((factor % modulus) + modulus) % modulus
}
