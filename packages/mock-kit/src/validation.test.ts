import { describe, expect, it } from 'vitest'
import { bodyProblems, type ValidationError, type Validator } from './validation.ts'

/** A validator that leaves these errors behind. */
function failing(...errors: ValidationError[]): Validator {
  return Object.assign(() => false, { errors })
}

describe('the problems of a body', () => {
  it('are none when the validator is content', () => {
    expect(bodyProblems(() => true, {})).toEqual([])
  })

  it('name missing members and members of a wrong type by their place', () => {
    const validate = failing(
      { keyword: 'required', instancePath: '', params: { missingProperty: 'name' } },
      { keyword: 'required', instancePath: '/a/b', params: { missingProperty: 'c' } },
      { keyword: 'type', instancePath: '/list/0', params: {} },
    )
    expect(bodyProblems(validate, {})).toEqual([
      { kind: 'missing', path: 'name' },
      { kind: 'missing', path: 'a.b.c' },
      { kind: 'unreadable', path: 'list.0' },
    ])
  })

  it('name a member once, whatever is wrong with it', () => {
    const validate = failing(
      { keyword: 'type', instancePath: '/a', params: {} },
      { keyword: 'anyOf', instancePath: '/a', params: {} },
    )
    expect(bodyProblems(validate, {})).toEqual([{ kind: 'unreadable', path: 'a' }])
  })
})
