import { describe, expect, test } from 'vitest'
import { type Answer, errorsOf, member, sampleBody, setup, type TestWorld } from './test-world.ts'
import { stored } from './test-stored.ts'

const alreadyRevoked = 'certificate_already_revoked ~ The certificate is already revoked.'
const orderRevoked = 'order_already_revoked ~ The order is already revoked.'
const reissuePending = 'cannot_revoke_pending_reissue ~ A reissue of this certificate is pending.'

const revoke = ({ call }: TestWorld, certificate: number | string, body?: unknown, apiKey = 'MOCKKEYADMIN') =>
  call('PUT', `/certificate/${certificate}/revoke`, body, { apiKey })
const revokeOrder = ({ call }: TestWorld, order: number, body?: unknown, apiKey = 'MOCKKEYADMIN') =>
  call('PUT', `/order/certificate/${order}/revoke`, body, { apiKey })
const approve = ({ call }: TestWorld, request: number): Promise<Answer> =>
  call('PUT', `/request/${request}/status`, { status: 'approved' })
const statusesOf = ({ mock }: TestWorld, ...ids: number[]): unknown[] =>
  ids.map((id) => stored(mock, 'certificates', id)?.status)

describe('a revocation that needs an approval', () => {
  test('answers with the request, in the order of the sample', async () => {
    const world = setup()
    const answer = await revoke(world, 112200, { comments: 'No longer needed.' })
    expect(answer.status).toBe(201)
    expect(answer.text).toBe(
      '{"id":332211,"date":"2019-07-01T10:00:00+00:00","type":"revoke","status":"pending","requester":{"id":125039,' +
        '"first_name":"Example","last_name":"User","email":"user@example.com"},"comments":"No longer needed."}',
    )
    expect(statusesOf(world, 112200)).toEqual(['issued'])
  })

  test('is done on approval, at that time and for the reason that was given', async () => {
    const world = setup()
    await revoke(world, 112200, { revocation_reason: 'key_compromise' })
    world.clock.advance(60_000)
    expect((await approve(world, 332211)).status).toBe(204)
    expect(stored(world.mock, 'certificates', 112200)).toMatchObject({
      status: 'revoked',
      revocation: { atMs: Date.parse('2019-07-01T10:01:00Z'), reason: 'keyCompromise' },
    })
    expect(stored(world.mock, 'orders', 112233)).toMatchObject({ status: 'issued' })
  })

  test('of an order covers primary, duplicates and reissues of the past', async () => {
    const world = setup()
    await world.call('POST', '/order/certificate/100003/reissue', sampleBody({ common_name: '*.wild.example.net' }))
    await revokeOrder(world, 100003, {}, 'MOCKKEYSTANDARD')
    expect(statusesOf(world, 100103, 100203, 100303, 987654322)).toEqual(Array.from({ length: 4 }, () => 'issued'))
    expect((await approve(world, 332213)).status).toBe(204)
    expect(statusesOf(world, 100103, 100203, 100303, 987654322)).toEqual(Array.from({ length: 4 }, () => 'revoked'))
    expect(stored(world.mock, 'orders', 100003)).toMatchObject({ status: 'revoked' })
  })

  test('that is rejected revokes nothing', async () => {
    const world = setup()
    await revokeOrder(world, 112233)
    await world.call('PUT', '/request/332211/status', { status: 'rejected' })
    expect(statusesOf(world, 112200)).toEqual(['issued'])
    expect(stored(world.mock, 'orders', 112233)).toMatchObject({ status: 'issued' })
  })

  test('that is repeated answers the first request again', async () => {
    const world = setup()
    const first = await revoke(world, 112200, { comments: 'First.' })
    world.clock.advance(60_000)
    const second = await revoke(world, 112200, { comments: 'Second.' }, 'MOCKKEYSTANDARD')
    expect([second.status, second.text]).toEqual([201, first.text])
    expect(member(await revokeOrder(world, 112233), 'id')).toBe(332212)
    expect(member(await revokeOrder(world, 112233), 'id')).toBe(332212)
  })

  test('is another one for another certificate of the order', async () => {
    const world = setup()
    expect(member(await revoke(world, 100104), 'id')).toBe(332212)
    expect(member(await revoke(world, 12345), 'id')).toBe(332213)
    expect(member(await revoke(world, 12345), 'id')).toBe(332213)
  })

  test('may be asked for anew after it was rejected', async () => {
    const world = setup()
    await revoke(world, 112200)
    await world.call('PUT', '/request/332211/status', { status: 'rejected' })
    expect(member(await revoke(world, 112200), 'id')).toBe(332212)
  })

  test('leaves what was revoked before as it is', async () => {
    const world = setup()
    await revoke(world, 100203, { revocation_reason: 'superseded' })
    world.clock.advance(60_000)
    await revokeOrder(world, 100003)
    expect(stored(world.mock, 'certificates', 100203)?.revocation?.reason).toBe('superseded')
    expect(stored(world.mock, 'certificates', 100303)?.revocation?.reason).toBe('unspecified')
  })
})

describe('who needs an approval', () => {
  test.each([
    ['an administrator who does not skip it', 112200, {}, 'MOCKKEYADMIN', 201],
    ['an administrator who skips it', 112200, { skip_approval: true }, 'MOCKKEYADMIN', 204],
    ['an administrator who skips it with a number', 112200, { skip_approval: 1 }, 'MOCKKEYADMIN', 204],
    ['a manager, skipping or not', 112200, { skip_approval: true }, 'MOCKKEYMANAGER', 201],
    ['a standard user, skipping or not', 112200, { skip_approval: true }, 'MOCKKEYSTANDARD', 201],
    ['nobody in a container that approves at once', 100203, {}, 'MOCKKEYMANAGER', 204],
    ['a standard user there, too', 100203, {}, 'MOCKKEYSTANDARD', 201],
    ['everybody in an account that always asks', 200101, { skip_approval: true }, 'MOCKKEYAPPROVAL', 201],
  ])('%s', async (_, certificate, body, apiKey, status) => {
    const world = setup()
    const before = world.mock.snapshot().tables['requests']
    const answer = await revoke(world, certificate, body, apiKey)
    expect(answer.status).toBe(status)
    // No record of what was skipped, and no body.
    if (status === 201) return
    expect(answer.text).toBe('')
    expect(answer.headers.get('Content-Type')).toBeNull()
    expect(world.mock.snapshot().tables['requests']).toEqual(before)
    expect(statusesOf(world, certificate)).toEqual(['revoked'])
  })

  test('a whole order is revoked at once by an administrator who skips the approval', async () => {
    const world = setup()
    expect((await revokeOrder(world, 112233, { skip_approval: 'true' })).status).toBe(204)
    expect(stored(world.mock, 'orders', 112233)).toMatchObject({ status: 'revoked' })
    expect(stored(world.mock, 'requests', 332211)).toBeUndefined()
  })
})

describe('the certificate', () => {
  test.each<readonly [string, (serial: string) => string]>([
    ['as it is', (serial) => serial],
    ['in lower case', (serial) => serial.toLowerCase()],
    ['with colons', (serial) => serial.match(/../g)!.join(':')],
    ['with colons as URLs may have them', (serial) => serial.match(/../g)!.join('%3a')],
    ['with more zeros', (serial) => `0000${serial}`],
    ['without zeros', (serial) => serial.replace(/^0+/, '')],
  ])('may be named by its serial number, %s', async (_, spell) => {
    const world = setup()
    const serial = stored(world.mock, 'certificates', 100203)!.issuance!.serialNumber
    expect((await revoke(world, spell(serial))).status).toBe(204)
    expect(statusesOf(world, 100203, 100303)).toEqual(['revoked', 'issued'])
  })

  test.each(['0', '1', 'x', '-1', '%zz', '00', ':', '23456', '200101'])(
    '%s is unknown, not issued, or another account’s',
    async (id) => {
      const answer = await revoke(setup(), id)
      expect(answer.status).toBe(404)
      expect(errorsOf(answer)).toEqual(['not_found|certificate ~ The specified certificate was not found.'])
    },
  )

  test('that is revoked already, or whose reissue is pending, stays as it is', async () => {
    const world = setup()
    expect(errorsOf(await revoke(world, 100106))).toEqual([alreadyRevoked])
    expect(world.diagnosis()).toBe('certificate-already-revoked')
    expect(errorsOf(await revoke(world, 100110, { skip_approval: true }))).toEqual([reissuePending])
    expect(world.diagnosis()).toBe('reissue-pending')
  })

  test('of a duplicate is free while the primary one waits for a reissue', async () => {
    const world = setup()
    await world.call('PUT', '/order/certificate/100010/status', { status: 'canceled', note: 'Not yet.' })
    const wish = { common_name: 'reissue.example.net', dns_names: [] }
    await world.duplicate(wish, 100010, { top: { skip_approval: true } })
    await world.call('POST', '/order/certificate/100010/reissue', sampleBody(wish))
    expect((await revoke(world, 987654322, { skip_approval: true })).status).toBe(204)
    expect(errorsOf(await revoke(world, 100110, { skip_approval: true }))).toEqual([reissuePending])
  })

  test('is free again once its reissue was given up', async () => {
    const world = setup()
    await world.call('PUT', '/order/certificate/100010/status', { status: 'canceled', note: 'Reason.' })
    expect((await revoke(world, 100110, { skip_approval: true })).status).toBe(204)
  })
})

describe('the order', () => {
  test.each([
    [100006, orderRevoked],
    [100010, reissuePending],
    [100005, 'order_not_issued ~ The order has not been issued.'],
    [123456, 'order_not_issued ~ The order has not been issued.'],
    [100007, 'order_is_expired ~ The order is expired.'],
  ])('%i cannot be revoked: %s', async (order, expected) => {
    const answer = await revokeOrder(setup(), order, { skip_approval: true })
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([expected])
  })

  test('of another account, or none, is unknown', async () => {
    expect(errorsOf(await revokeOrder(setup(), 200001))).toEqual([
      'not_found|order ~ The specified order was not found.',
    ])
  })
})

describe('an approval that comes too late', () => {
  test.each([
    ['the certificate was revoked', [112200, undefined], alreadyRevoked],
    ['the order was revoked', [undefined, 112233], orderRevoked],
  ] as const)('is refused since %s', async (_, [certificate, order], expected) => {
    const world = setup()
    if (certificate !== undefined) await revoke(world, certificate)
    if (order !== undefined) await revokeOrder(world, order)
    if (certificate !== undefined) await revoke(world, certificate, { skip_approval: true })
    if (order !== undefined) await revokeOrder(world, order, { skip_approval: true })
    const answer = await approve(world, 332211)
    expect(errorsOf(answer)).toEqual([expected])
    expect(stored(world.mock, 'requests', 332211)).toMatchObject({ status: 'pending' })
  })
})

describe('the body', () => {
  test.each([
    [undefined, 204],
    ['{}', 204],
    [{ comments: null, skip_approval: '', revocation_reason: 'whatever', unknown: 1 }, 204],
    ['[]', 400],
    ['{', 400],
    [{ skip_approval: 'perhaps' }, 400],
    [{ comments: 7 }, 400],
    [{ revocation_reason: [] }, 400],
  ])('%j is read with status %i', async (body, status) => {
    expect((await revoke(setup(), 100203, body)).status).toBe(status)
  })

  test.each([
    ['unspecified', 'unspecified'],
    ['KEY_COMPROMISE', 'keyCompromise'],
    ['keyCompromise', 'keyCompromise'],
    ['affiliation_change', 'affiliationChanged'],
    ['superseded', 'superseded'],
    ['cessation_of_operation', 'cessationOfOperation'],
    ['boredom', 'unspecified'],
  ])('gives the reason %s, which is stored as %s', async (revocation_reason, expected) => {
    const world = setup()
    await revoke(world, 100203, { revocation_reason })
    expect(stored(world.mock, 'certificates', 100203)?.revocation?.reason).toBe(expected)
  })
})
