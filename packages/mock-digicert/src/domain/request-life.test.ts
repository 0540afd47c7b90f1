import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../entities.ts'
import { eventThatSets, type RequestEvent, requestAfter, requestTransitions } from './request-life.ts'

type Status = RequestRecord['status']

const processing = { processorId: 2, processedMs: 5, comment: 'Fine.' }
const request = (status: Status): RequestRecord => ({
  id: 1,
  orderId: 7,
  type: 'duplicate',
  certificateId: 3,
  orderStatus: 'issued',
  requesterId: 2,
  createdMs: 4,
  status,
})

describe('a request', () => {
  test.each<readonly [Status, RequestEvent, Status]>([
    ['submitted', 'pending', 'pending'],
    ['submitted', 'approved', 'approved'],
    ['submitted', 'rejected', 'rejected'],
    ['pending', 'approved', 'approved'],
    ['pending', 'rejected', 'rejected'],
    ['submitted', 'drop', 'rejected'],
    ['pending', 'drop', 'rejected'],
    ['approved', 'drop', 'rejected'],
  ])('that is %s becomes, by the event %s, %s', (before, event, after) => {
    const isOpen = after === 'pending'
    expect(requestAfter(request(before), event, processing)).toEqual({
      ...request(after),
      ...(!isOpen && { processing }),
    })
  })

  test('has no other rows', () => {
    expect(Object.values(requestTransitions).flatMap((row) => Object.keys(row))).toHaveLength(8)
  })

  test('cannot do what is not in the table', () => {
    expect(() => requestAfter(request('rejected'), 'approved', processing)).toThrow(
      'The event approved cannot happen in the state rejected.',
    )
  })
})

describe('the status to set', () => {
  test.each<readonly [string, Status, string | undefined]>([
    ['approved', 'pending', 'approved'],
    ['APPROVED', 'submitted', 'approved'],
    ['Rejected', 'pending', 'rejected'],
    ['pending', 'submitted', 'pending'],
    ['pending', 'pending', undefined],
    ['approved', 'approved', undefined],
    ['rejected', 'rejected', undefined],
    ['submitted', 'submitted', undefined],
  ])('%s on one that is %s is the event %s', (text, status, event) => {
    expect(eventThatSets(text, status)).toBe(event)
  })

  test.each<readonly [string, Status, string]>([
    ['perhaps', 'pending', 'param-invalid'],
    ['drop', 'pending', 'param-invalid'],
    ['submitted', 'pending', 'param-invalid'],
    ['rejected', 'approved', 'request-already-processed'],
    ['approved', 'rejected', 'request-already-processed'],
    ['pending', 'approved', 'request-already-processed'],
    ['submitted', 'rejected', 'request-already-processed'],
  ])('%s on one that is %s is refused: %s', (text, status, reason) => {
    expect(() => eventThatSets(text, status)).toThrow(reason)
  })
})
