import { describe, expect, test } from 'vitest'
import { member, setup } from './test-world.ts'

describe('the documented answers', () => {
  test('order 112233 answers with request 332211, to the letter', async () => {
    const { duplicate } = setup()
    const answer = await duplicate()
    expect(answer.status).toBe(201)
    expect(answer.text).toBe('{"id":112233,"requests":[{"id":332211}]}')
  })

  test('order 1234567 answers with certificate 987654321 and the three documented names', async () => {
    const { duplicate } = setup()
    const answer = await duplicate({ common_name: 'www.digicert.com', dns_names: ['www.digicert.com'] }, 1234567)
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.json as object)).toEqual(['id', 'certificate_id', 'certificate_chain'])
    expect(member(answer, 'id')).toBe(1234567)
    expect(member(answer, 'certificate_id')).toBe(987654321)
    expect((member(answer, 'certificate_chain') as object[]).map((entry) => Object.keys(entry))).toEqual(
      Array.from({ length: 3 }, () => ['subject_common_name', 'pem']),
    )
    expect([0, 1, 2].map((index) => member(answer, 'certificate_chain', index, 'subject_common_name'))).toEqual([
      'www.digicert.com',
      'DigiCert SHA2 Extended Validation Server CA',
      'DigiCert High Assurance EV Root CA',
    ])
  })

  test('a validation that has lapsed gives the certificate id alone', async () => {
    const { duplicate } = setup()
    const answer = await duplicate({ common_name: 'hold.example.net', dns_names: undefined }, 100009)
    expect(answer.status).toBe(201)
    expect(answer.text).toBe('{"id":100009,"certificate_id":987654322}')
  })

  test('the reserved ids stay for their orders whatever happened before', async () => {
    const { duplicate } = setup()
    await duplicate({ common_name: 'single.example.net', dns_names: [] }, 100001)
    await duplicate({ common_name: 'example.com' }, 100004)
    expect(member(await duplicate(), 'requests', 0, 'id')).toBe(332211)
    const issued = await duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    expect(member(issued, 'certificate_id')).toBe(987654321)
  })

  test('ids after the reserved ones count on from the seeds', async () => {
    const { duplicate } = setup()
    await duplicate()
    expect(member(await duplicate(), 'requests', 0, 'id')).toBe(332212)
    const single = { common_name: 'single.example.net', dns_names: [] }
    // The two pending duplicates have certificate ids already.
    expect(member(await duplicate(single, 100001), 'certificate_id')).toBe(987654324)
    expect(member(await duplicate(single, 100001), 'certificate_id')).toBe(987654325)
    expect(member(await duplicate(), 'requests', 0, 'id')).toBe(332215)
  })
})

describe('which state results', () => {
  const multi = { common_name: 'multi.example.net', dns_names: [] }
  const hold = { common_name: 'hold.example.net', dns_names: [] }
  const approval = { common_name: 'approval.example.net', dns_names: [] }
  test.each([
    ['approval needed', 112233, {}, 'MOCKKEYADMIN', {}, 'requests'],
    ['an administrator skips the approval', 112233, {}, 'MOCKKEYADMIN', { skip_approval: true }, 'certificate_chain'],
    ['another administrator key skips it too', 112233, {}, 'MOCKKEYFAST', { skip_approval: true }, 'certificate_chain'],
    ['a manager may not skip it', 112233, {}, 'MOCKKEYMANAGER', { skip_approval: true }, 'requests'],
    ['a standard user may not skip it', 112233, {}, 'MOCKKEYSTANDARD', { skip_approval: true }, 'requests'],
    ['a container that approves at once', 100002, multi, 'MOCKKEYADMIN', {}, 'certificate_chain'],
    ['… for a manager too', 100002, multi, 'MOCKKEYMANAGER', {}, 'certificate_chain'],
    ['… but not for a standard user', 100002, multi, 'MOCKKEYSTANDARD', {}, 'requests'],
    ['an account that always asks', 200001, approval, 'MOCKKEYAPPROVAL', { skip_approval: true }, 'requests'],
    ['lapsed validation', 100009, hold, 'MOCKKEYADMIN', {}, 'certificate_id'],
    ['approval goes before validation', 100009, hold, 'MOCKKEYSTANDARD', {}, 'requests'],
  ])('%s', async (_, order, changes, apiKey, top, expected) => {
    const { duplicate } = setup()
    const answer = await duplicate(changes, order, { apiKey, top })
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.json as object).at(-1)).toBe(expected)
  })

  test('a request that is repeated makes another duplicate', async () => {
    const { duplicate, call } = setup()
    await duplicate()
    await duplicate()
    expect(member(await call('GET', '/order/certificate/112233/duplicate'), 'certificates')).toHaveLength(2)
  })
})
