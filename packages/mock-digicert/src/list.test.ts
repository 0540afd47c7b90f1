import { describe, expect, test } from 'vitest'
import { csrOf, errorsOf, leafOf, member, setup } from './test-world.ts'

describe('the list', () => {
  test('shows a pending duplicate without what issuing gives', async () => {
    const { duplicate, call } = setup()
    const csr = csrOf('P-384')
    await duplicate({ csr, signature_hash: 'SHA384' })
    const answer = await call('GET', '/order/certificate/112233/duplicate')
    expect(answer.json).toEqual({
      certificates: [
        {
          id: 987654322,
          common_name: 'example.com',
          dns_names: ['sub.example.com'],
          status: 'pending',
          date_created: '2019-07-01T10:00:00+00:00',
          csr,
          server_platform: {
            id: 45,
            name: 'nginx',
            install_url: 'http://www.digicert.com/ssl-certificate-installation-nginx.htm',
            csr_url: 'http://www.digicert.com/csr-creation-nginx.htm',
          },
          signature_hash: 'sha384',
          key_size: 384,
          ca_cert_id: '1005',
          sub_id: '001',
          public_id: expect.stringMatching(/^[A-Z2-7]{25}$/),
          archived: '0',
          user_id: 125039,
          firstname: 'Example',
          lastname: 'User',
        },
      ],
    })
  })

  test('shows the members of an issued duplicate in the order of the sample', async () => {
    const { call } = setup()
    const answer = await call('GET', '/order/certificate/100003/duplicate')
    expect(Object.keys(member(answer, 'certificates', 0) as object).join(' ')).toBe(
      'id thumbprint serial_number common_name dns_names status date_created valid_from valid_till days_remaining csr ' +
        'server_platform signature_hash key_size ca_cert_id sub_id public_id archived user_id firstname lastname',
    )
    expect(member(answer, 'certificates', 0)).toMatchObject({
      id: 100303,
      status: 'approved',
      valid_from: '2019-04-02',
      valid_till: '2020-04-01',
      days_remaining: 275,
      ca_cert_id: '1005',
      sub_id: '002',
    })
  })

  test('describes the certificate that was issued', async () => {
    const { duplicate, call } = setup()
    const leaf = leafOf(await duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567))
    const entry = await call('GET', '/order/certificate/1234567/duplicate')
    expect(member(entry, 'certificates', 0)).toMatchObject({
      thumbprint: leaf.fingerprint.replaceAll(':', ''),
      serial_number: leaf.serialNumber,
      ca_cert_id: '1006',
    })
    expect(entry.text).not.toContain('dns_names')
  })

  test('is newest first, and of one moment the higher id first', async () => {
    const { duplicate, call, clock } = setup()
    const ids = async (order: number): Promise<unknown[]> =>
      (member(await call('GET', `/order/certificate/${order}/duplicate`), 'certificates') as { id: number }[]).map(
        ({ id }) => id,
      )
    expect(await ids(100003)).toEqual([100303, 100203])
    expect(await ids(100004)).toEqual([23456, 12345])
    await duplicate()
    await duplicate()
    clock.advance(1000)
    await duplicate()
    expect(await ids(112233)).toEqual([987654324, 987654323, 987654322])
  })

  test('is an empty object for an order without duplicates', async () => {
    const { call } = setup()
    expect((await call('GET', '/order/certificate/100001/duplicate')).text).toBe('{}')
  })

  test('shows the names as they were asked for, repeats removed', async () => {
    const { duplicate, call } = setup()
    await duplicate({ dns_names: ['Sub.example.com', 'example.com', 'sub.example.com.'] })
    const answer = await call('GET', '/order/certificate/112233/duplicate')
    expect(member(answer, 'certificates', 0, 'dns_names')).toEqual(['sub.example.com', 'example.com'])
  })

  test('gives every duplicate a public id of its own', async () => {
    const { duplicate, call } = setup()
    await duplicate()
    await duplicate()
    const answer = await call('GET', '/order/certificate/112233/duplicate')
    expect(member(answer, 'certificates', 0, 'public_id')).not.toBe(member(answer, 'certificates', 1, 'public_id'))
  })

  test('counts on from the highest sub_id of the order', async () => {
    const { duplicate, call } = setup()
    await duplicate({}, 100004)
    expect(member(await call('GET', '/order/certificate/100004/duplicate'), 'certificates', 0, 'sub_id')).toBe('113')
  })

  test('counts the days that remain down to zero', async () => {
    const { call, clock } = setup()
    const days = async (): Promise<unknown> =>
      member(await call('GET', '/order/certificate/100003/duplicate'), 'certificates', 0, 'days_remaining')
    clock.set(Date.parse('2020-03-31T23:59:59Z'))
    expect(await days()).toBe(1)
    clock.set(Date.parse('2021-01-01T00:00:00Z'))
    expect(await days()).toBe(0)
  })

  test.each([
    ['', 200],
    ['1', 200],
    ['false', 200],
    ['TRUE', 200],
    ['maybe', 400],
  ])('reads show_archived=%s with status %i', async (value, status) => {
    const { call } = setup()
    const answer = await call('GET', `/order/certificate/112233/duplicate?show_archived=${value}&unknown=1`)
    expect(answer.status).toBe(status)
    const expected = 'invalid_param:show_archived ~ show_archived is an invalid parameter.'
    expect(errorsOf(answer)).toEqual(status === 200 ? [] : [expected])
  })
})
