import { createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { certificate, fast, setupShop, withCertificate } from './test-shop.ts'
import { type CallOptions, chainOf, csrOf, errorsOf, leafOf, member, privateKey } from './test-world.ts'

describe('an order', () => {
  test('that needs approval is answered as documented, and issued when it has it', async () => {
    const { place, call, info } = setupShop()
    const answer = await place({}, {})
    expect([answer.status, answer.text]).toEqual([201, '{"id":300001,"requests":[{"id":332212,"status":"pending"}]}'])
    expect(await info()).toMatchObject({ status: 'needs_approval', container: { id: 5, name: 'My Account' } })
    expect((await call('PUT', '/request/332212/status', { status: 'approved' })).status).toBe(204)
    expect(await info()).toMatchObject({ status: 'issued', certificate: { id: 987654322, valid_till: '2020-07-01' } })
  })

  test('that needs none is issued at once, with the key of its CSR', async () => {
    const { place, info } = setupShop()
    const answer = await place(withCertificate({ csr: csrOf('P-256'), dns_names: ['Sub.example.com'] }))
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.json as object)).toEqual(['id', 'requests', 'certificate_id', 'certificate_chain'])
    expect(answer.json).toMatchObject({
      id: 300001,
      requests: [{ id: 332212, status: 'approved' }],
      certificate_id: 987654322,
      certificate_chain: [
        { subject_common_name: 'new.example.com' },
        { subject_common_name: 'DigiCert SHA2 Secure Server CA' },
        { subject_common_name: 'DigiCert Global Root CA' },
      ],
    })
    const leaf = leafOf(answer)
    expect(leaf.subjectAltName).toBe('DNS:new.example.com, DNS:sub.example.com')
    expect(leaf.subject).toContain('O=Example Org LLC')
    const expected = createPublicKey(privateKey('P-256')).export({ type: 'spki', format: 'pem' })
    expect(leaf.publicKey.export({ type: 'spki', format: 'pem' })).toBe(expected)
    expect([leaf.validFrom, leaf.validTo]).toEqual(['Jul  1 00:00:00 2019 GMT', 'Jul  1 23:59:59 2020 GMT'])
    const [, intermediate, root] = chainOf(answer).map((pem) => new X509Certificate(pem))
    expect(leaf.verify(intermediate!.publicKey) && intermediate!.verify(root!.publicKey)).toBe(true)
    expect(await info()).toMatchObject({ certificate: { thumbprint: leaf.fingerprint.replaceAll(':', '') } })
  })

  test('waits where validation has lapsed, and is issued when it is complete', async () => {
    const { place, info, mock } = setupShop()
    const answer = await place({ container: { id: 15 } })
    expect(answer.text).toBe('{"id":300001,"requests":[{"id":332212,"status":"approved"}],"certificate_id":987654322}')
    expect(await info()).toMatchObject({ status: 'pending' })
    expect(mock.act('complete-validation', { container: 15 })).toMatchObject({ issued: [100105, 987654322] })
    expect(await info()).toMatchObject({ status: 'issued' })
  })

  test('is issued from the EV chain for an EV product', async () => {
    const { place } = setupShop()
    const answer = await place({}, fast, 'ssl_ev_plus')
    expect(member(answer, 'certificate_chain', 1, 'subject_common_name')).toBe(
      'DigiCert SHA2 Extended Validation Server CA',
    )
  })

  test('for a domain alone needs no organization and no hash', async () => {
    const { place, info } = setupShop()
    const { signature_hash: _hash, ...rest } = certificate
    const answer = await place({ certificate: rest, organization: { id: 1 } }, fast, 'ssl_dv_rapidssl')
    expect(answer.status).toBe(201)
    expect(leafOf(answer).subject).toBe('CN=new.example.com')
    expect(await info()).not.toHaveProperty('organization')
    expect(await info()).toMatchObject({ certificate: { signature_hash: 'sha256' } })
  })

  test('keeps what was asked for, and shows it', async () => {
    const { place, info } = setupShop()
    const asked = {
      certificate: { ...certificate, organization_units: ['Lab'], server_platform: { id: 45 } },
      organization: {
        id: '112233',
        contacts: [
          { contact_type: 'organization_contact', first_name: 'Ada', last_name: 'Lab', email: 'ada@example.com' },
          { contact_type: 'technical_contact', first_name: 'Bob', telephone: '555-0101' },
        ],
      },
      comments: 'Please.',
      auto_renew: 1,
      disable_renewal_notifications: true,
      payment_method: 'WIRE_TRANSFER',
      additional_emails: ['team@example.com'],
      custom_fields: [{ metadata_id: '12', value: 7 }],
      alternative_order_id: 4711,
    }
    expect((await place(asked)).status).toBe(201)
    expect(await info()).toMatchObject({
      certificate: { organization_units: ['Lab'], server_platform: { id: 45 }, user_id: 125039 },
      organization_contact: { first_name: 'Ada', last_name: 'Lab', email: 'ada@example.com' },
      technical_contact: { first_name: 'Bob', last_name: 'User', email: 'user@example.com', telephone: '555-0101' },
      requests: [{ id: 332212, type: 'new_request', status: 'approved', comments: 'Please.' }],
      auto_renew: 1,
      disable_renewal_notifications: true,
      payment_method: 'wire_transfer',
      additional_emails: ['team@example.com'],
      custom_fields: [{ metadata_id: 12, label: 'Invoice #', value: '7' }],
      alternative_order_id: '4711',
    })
  })

  test('takes over from another one', async () => {
    const { place, info } = setupShop()
    expect((await place({ renewal_of_order_id: '100001' })).status).toBe(201)
    expect(await info()).toMatchObject({ is_renewal: true })
    expect(await info(100001)).toMatchObject({ is_renewed: true })
  })

  test.each([0, '0'])('takes over from none with the number %j', async (id) => {
    const { place, info } = setupShop()
    expect((await place({ renewal_of_order_id: id })).status).toBe(201)
    expect(await info()).toMatchObject({ is_renewal: false })
  })

  test('gets ids of its own, each time', async () => {
    const { place } = setupShop()
    await place()
    expect(member(await place(), 'id')).toBe(300002)
    expect(member(await place({}, {}), 'requests', 0, 'id')).toBe(332214)
  })

  test('steps over ids that were planted', async () => {
    const { place, mock } = setupShop()
    mock.seed({ orders: [{ id: 300001, product: 'ssl_basic', commonName: 'there.example', container: 14 }] })
    expect(member(await place(), 'id')).toBe(300002)
  })

  test('can be duplicated at once', async () => {
    const { place, duplicate } = setupShop()
    await place()
    const answer = await duplicate({ common_name: 'new.example.com', dns_names: [] }, 300001)
    expect([answer.status, member(answer, 'certificate_id')]).toEqual([201, 987654323])
  })
})

describe('approval', () => {
  test.each<[string, object, CallOptions, 'pending' | 'approved']>([
    ['is needed in the default container', {}, {}, 'pending'],
    ['is skipped by an administrator', { skip_approval: true }, {}, 'approved'],
    ['is not skipped by a manager', { skip_approval: true }, { apiKey: 'MOCKKEYMANAGER' }, 'pending'],
    ['is not needed in a container without', { container: { id: '14' } }, {}, 'approved'],
    ['is not needed in the container of the key', {}, fast, 'approved'],
    ['is needed where the body names another container', { container: { id: 5 } }, fast, 'pending'],
    ['of a standard user is always needed', { container: { id: 14 } }, { apiKey: 'MOCKKEYSTANDARD' }, 'pending'],
    ['cannot be skipped in some accounts', { skip_approval: 1 }, { apiKey: 'MOCKKEYAPPROVAL' }, 'pending'],
    ['depends on the key where the container is 0', { container: { id: 0 } }, fast, 'approved'],
  ])('%s', async (_, changes, options, status) => {
    const { place } = setupShop()
    expect(member(await place(changes, options), 'requests', 0, 'status')).toBe(status)
  })

  test('that is refused leaves the order rejected', async () => {
    const { place, call, info } = setupShop()
    await place({}, {})
    await call('PUT', '/request/332212/status', { status: 'rejected' })
    expect(await info()).toMatchObject({ status: 'rejected' })
  })

  test('comes too late when the day on which the order was to end has passed', async () => {
    const { place, call, clock, info } = setupShop()
    await place({ validity_years: undefined, custom_expiration_date: '2019-07-10' }, {})
    clock.set('2019-07-11T00:00:00Z')
    const answer = await call('PUT', '/request/332212/status', { status: 'approved' })
    expect(errorsOf(answer)).toEqual(['order_is_expired ~ The order is expired.'])
    expect(await info()).toMatchObject({ status: 'needs_approval' })
  })
})
