import { expect, test } from 'vitest'
import { contentOf, membersOf, octetsOf, readDer } from './der-reader.ts'
import { integer } from './der.ts'
import { buildPkcs7 } from './pkcs7.ts'

test('a bundle keeps its certificates in the order given', () => {
  const members = [3, 1, 2].map((number) => integer(number))
  const [, wrapped] = membersOf(readDer(buildPkcs7(members)))
  const [signedData] = membersOf(wrapped!)
  const certificates = membersOf(signedData!)[3]!
  expect(membersOf(certificates).map((each) => [...octetsOf(each)])).toEqual(members.map((each) => [...each]))
  expect(contentOf(membersOf(signedData!)[4]!)).toHaveLength(0)
})

test('a bundle is of version 1, as RFC 2315 has it', () => {
  const [, wrapped] = membersOf(readDer(buildPkcs7([])))
  expect([...octetsOf(membersOf(membersOf(wrapped!)[0]!)[0]!)]).toEqual([...integer(1)])
})
