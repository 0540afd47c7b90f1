/** Gives a request again and again; where it contains the digits they count up, and where it does not it is always the same. */
export function createCounter(request: Buffer, digits: string): () => Buffer {
  const at = request.indexOf(digits)
  let count = 0
  return () => {
    if (at < 0) return request
    const counted = Buffer.from(request) // the one before may still be on its way out
    counted.write(String(++count).padStart(digits.length, '0'), at)
    return counted
  }
}
