import { expect, it } from 'vitest'
import { answerLength } from './answer-length.ts'

const sized = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\na\r\n0123456789\r\n0\r\n\r\n'

it.each([sized, chunked])('finds the end of a whole answer, and of none that is cut', (answer) => {
  for (let cut = 0; cut < answer.length; cut++) expect(answerLength(Buffer.from(answer.slice(0, cut)))).toBeUndefined()
  expect(answerLength(Buffer.from(answer))).toBe(answer.length)
})

it('refuses an answer that only a closed connection would end', () => {
  expect(() => answerLength(Buffer.from('HTTP/1.1 200 OK\r\n\r\nhello'))).toThrow('neither a length nor chunks')
})
