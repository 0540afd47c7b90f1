import { describe, expect, it } from 'vitest'
import type { ApiDocument, Node, OperationEntry } from '../generate/document.ts'
import type { Edition } from '../generate/edition.ts'
import { createClosedSchemas } from './closed-schemas.ts'

// What a document has for one edition alone is asked for there and not let pass elsewhere.

const schema = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    owner: { type: 'integer', 'x-door': 'native', 'x-required': true },
    deletable: { type: 'boolean', 'x-generation': 'current' },
  },
}
const headers = {
  'x-inner-id': { 'x-door': 'native', 'x-required': true },
  'x-outer-id': { 'x-door': 'gateway', 'x-required': true },
}
const node: Node = { headers, content: { 'application/json': { schema } } }
const operation = { id: 'read', responses: [{ status: '200', node, errors: [] }] } as unknown as OperationEntry
const document: ApiDocument = { root: {}, prefix: '', operations: [operation] }

function complaints(edition: Edition, header: string, body: object): string[] {
  const sent = new Headers({ 'Content-Type': 'application/json', [header]: 'x' })
  const answer = { status: 200, headers: sent, body: JSON.stringify(body) }
  return createClosedSchemas(document, edition).complaints(operation, answer)
}

const gateway = { door: 'gateway', generation: '2023' }
const native = { door: 'native', generation: 'current' }

describe('a closed copy of a document', () => {
  it('takes what its edition has', () => {
    expect(complaints(gateway, 'x-outer-id', { id: 1 })).toEqual([])
    expect(complaints(native, 'x-inner-id', { id: 1, owner: 2, deletable: true })).toEqual([])
    expect(complaints(native, 'x-inner-id', { id: 1, owner: 2 })).toEqual([])
  })

  it.each([
    ['a member of another door', gateway, 'x-outer-id', { id: 1, owner: 2 }],
    ['a member of another generation', gateway, 'x-outer-id', { id: 1, deletable: true }],
    ['a header of another door', native, 'x-outer-id', { id: 1, owner: 2 }],
    ['a promised header that is missing', gateway, 'x-other', { id: 1 }],
    ['a promised member that is missing', native, 'x-inner-id', { id: 1 }],
    ['a member that is required everywhere and missing', native, 'x-inner-id', { owner: 2 }],
  ])('complains of %s', (_, edition, header, body) => {
    expect(complaints(edition, header, body)).not.toEqual([])
  })
})
