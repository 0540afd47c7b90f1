const headEnd = '\r\n\r\n'

/**
 * The length in bytes of the HTTP/1.1 answer at the start of what was received, or undefined while it is incomplete.
 *
 * @throws Error for an answer whose end cannot be known without closing the connection
 */
export function answerLength(received: Buffer): number | undefined {
  const bodyStart = received.indexOf(headEnd) + headEnd.length
  if (bodyStart < headEnd.length) return undefined
  const head = received.toString('latin1', 0, bodyStart)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined && !/\r\ntransfer-encoding: *chunked/i.test(head))
    throw new Error('An answer has neither a length nor chunks.')
  const end = length === undefined ? chunksEnd(received, bodyStart) : bodyStart + Number(length)
  return end === undefined || end > received.length ? undefined : end
}

/** Where the last chunk ends; no server here sends trailers. */
function chunksEnd(received: Buffer, bodyStart: number): number | undefined {
  for (let at = bodyStart; ;) {
    const lineEnd = received.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16)
    at = lineEnd + 2 + size + 2
    if (size === 0) return at
  }
}
