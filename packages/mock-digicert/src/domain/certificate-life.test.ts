import { describe, expect, test } from 'vitest'
import type { Certificate } from '../entities.ts'
import { planted } from '../test-state.ts'
import { certificateTransitions, isRevocable, issued, rejected, revoked } from './certificate-life.ts'

const issuance = { serialNumber: '01', validFrom: 1, validTill: 2, issuedMs: 3 }
const revocation = { atMs: 5, reason: 'keyCompromise' } as const

function certificate(status: Certificate['status']): Certificate {
  const { world, order } = planted()
  return { ...world.state.certificates.get(order.primaryId)!, status }
}

const changes = {
  issue: (each: Certificate) => issued(each, issuance),
  reject: rejected,
  revoke: (each: Certificate) => revoked(each, revocation),
}

describe('a certificate', () => {
  test.each<readonly [Certificate['status'], keyof typeof changes, Partial<Certificate>]>([
    ['pending', 'issue', { status: 'issued', issuance }],
    ['pending', 'reject', { status: 'rejected' }],
    ['issued', 'revoke', { status: 'revoked', revocation }],
  ])('that is %s changes by the event %s to %j', (before, event, after) => {
    const each = certificate(before)
    expect(changes[event](each)).toEqual({ ...each, ...after })
  })

  test('has no other rows', () => {
    expect(Object.values(certificateTransitions).map((row) => Object.keys(row))).toEqual([
      ['pending'],
      ['pending'],
      ['issued'],
    ])
  })

  test('cannot be issued twice, rejected after it was issued, or revoked before or twice', () => {
    expect(() => changes.issue(certificate('issued'))).toThrow('The event issue cannot happen in the state issued.')
    expect(() => changes.reject(certificate('issued'))).toThrow('The event reject cannot happen in the state issued.')
    expect(() => changes.revoke(certificate('pending'))).toThrow('The event revoke cannot happen in the state pending.')
    expect(() => changes.revoke(certificate('revoked'))).toThrow('The event revoke cannot happen in the state revoked.')
  })

  test.each<readonly [Certificate['status'], boolean]>([
    ['pending', false],
    ['issued', true],
    ['rejected', false],
    ['revoked', false],
  ])('that is %s can be revoked: %s', (status, expected) => {
    expect(isRevocable(certificate(status))).toBe(expected)
  })
})
