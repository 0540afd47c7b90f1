import { assert, jsonValue, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indentJson } from './indent-json.ts'

describe('JSON over several lines', () => {
  it.each([
    ['{}', '{}'],
    ['[ ]', '[]'],
    ['"a{[,:"', '"a{[,:"'],
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    [String.raw`{"a\"b":"\u00e9\\"}`, `{\n  ${String.raw`"a\"b": "\u00e9\\"`}\n}`],
  ])('of %s', (json, lines) => {
    expect(indentJson(json)).toBe(lines)
  })

  it('is what JSON itself would write', () => {
    const holds = property(jsonValue(), (value) => {
      expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2))
    })
    assert(holds)
  })

  it('keeps numbers as they were sent', () => {
    expect(indentJson('[12345678901234567890,1.0,1e400]')).toBe('[\n  12345678901234567890,\n  1.0,\n  1e400\n]')
  })

  it.each(['', '{', 'text', '-----BEGIN', "{'a':1}"])('is not made of what is no JSON: %j', (text) => {
    expect(indentJson(text)).toBeUndefined()
  })
})
