import { describe, expect, test } from 'vitest'
import { type Answer, setup, type TestClient } from '../test-client.ts'

const shop = '642c1dc50000000000000a02'
const api = '642c1dc50000000000000a03'
const lab = '642c1dc50000000000000a04'
const tasks = '/cdn/deploymentTasks'

const submit = (client: TestClient, body: object): Promise<Answer> => client.call(tasks, { method: 'POST', body })
const deploy = (certificateId: unknown, version: unknown): object => ({ action: 'deploy_cert', certificateId, version })
const property = (propertyId: unknown, version: unknown): object => ({ action: 'deploy_property', propertyId, version })
const production = (...actions: object[]): object => ({ target: 'production', actions })

type Refused = [what: string, body: object, status: number, code: string, message: string]

const badTarget = "An invalid target was specified. It must be either 'staging' or 'production'."
const badAction =
  'A deployment action is invalid. It must be deploy_property, remove_property, deploy_cert, or remove_cert.'
const badId = 'An invalid certificate ID was specified.'
const noVersion = (version: string | number | null): string =>
  `The specified version ${version} of certificate ${shop} does not exist.`
const refusedVersion = (version: string | number | undefined): Refused => [
  `version ${JSON.stringify(version)}`,
  production(deploy(shop, version)),
  400,
  'InvalidCertificateVersion',
  noVersion(version === undefined || version === '' ? null : version),
]

test.each<Refused>([
  ['no target', { actions: [deploy(shop, 3)] }, 400, 'InvalidDeploymentTarget', badTarget],
  ['target "all"', { target: 'all', actions: [deploy(shop, 3)] }, 400, 'InvalidDeploymentTarget', badTarget],
  ['no actions', { target: 'staging' }, 400, 'InvalidAction', badAction],
  ['an empty list of actions', { target: 'staging', actions: [] }, 400, 'InvalidAction', badAction],
  ['an action without a name', production({ certificateId: shop, version: 3 }), 400, 'InvalidAction', badAction],
  ['an unknown action', production({ action: 'deploy' }), 400, 'InvalidAction', badAction],
  [
    'an action named like a member of every object',
    production({ action: 'constructor' }),
    400,
    'InvalidAction',
    badAction,
  ],
  ['one unknown action among good ones', production(deploy(shop, 3), { action: 'x' }), 400, 'InvalidAction', badAction],
  ...['deploy_cert', 'remove_cert'].map((action): Refused => [
    `${action} without an id`,
    production({ action, version: 1 }),
    400,
    'InvalidAction',
    `certificateId is required for action ${action}.`,
  ]),
  ...['deploy_property', 'remove_property'].map((action): Refused => [
    `${action} without an id`,
    production({ action, certificateId: shop }),
    400,
    'InvalidAction',
    `propertyId is required for action ${action}.`,
  ]),
  ['an unknown certificate', production(deploy('000000000000000000000000', 1)), 400, 'InvalidCertificateId', badId],
  [
    "another customer's certificate",
    production(deploy('642c1dc50000000000000c01', 1)),
    400,
    'InvalidCertificateId',
    badId,
  ],
  [
    'an unknown property',
    production(property('000000000000000000000000', 1)),
    400,
    'InvalidPropertyId',
    'An invalid property ID was specified.',
  ],
  [
    'the id of a certificate for a property',
    production(property(shop, 1)),
    400,
    'InvalidPropertyId',
    'An invalid property ID was specified.',
  ],
  [
    'an unknown version of a property',
    production(property('642c1dc50000000000000b01', 9)),
    400,
    'InvalidPropertyVersion',
    'The specified version 9 or property 642c1dc50000000000000b01 does not exist.',
  ],
  ...[4, '4', 0, -1, '03', 'latest', '', undefined].map(refusedVersion),
  [
    'a certificate twice',
    production(deploy(lab, 1), { action: 'remove_cert', certificateId: lab }),
    400,
    'DuplicateDeployment',
    `A version of certificate '${lab}' is already being deployed in the 'production' environment.`,
  ],
  [
    'the removal of a certificate in use',
    production({ action: 'remove_cert', certificateId: api }),
    400,
    'CertificateInUse',
    `Certificate ${api} is still in use`,
  ],
  [
    'a property whose certificate is not deployed',
    production(property('642c1dc50000000000000b05', 1)),
    409,
    'CertificateNotDeployed',
    `The required certificate ${lab} has not been deployed to the target yet.`,
  ],
  [
    'a property whose certificate has expired',
    production(property('642c1dc50000000000000b04', 2)),
    400,
    'CertificateExpired',
    "Certificate is expired. Use request header 'Check-Certificate: no' to bypass cert expiration check.",
  ],
  [
    'a property whose certificate does not name its host',
    production(property('642c1dc50000000000000b06', 1)),
    400,
    'CertificateMismatch',
    `The domain(s) deep.eu.shop.example.com are not included in the Subject Alternative Name field of the deployed version of certificate ${shop}.`,
  ],
])('a task with %s is refused as a whole', async (_, body, status, code, message) => {
  const client = setup()
  const answer = await submit(client, body)
  expect(answer).toMatchObject({ status, text: JSON.stringify({ code, message }) })
  expect(answer.headers.has('location')).toBe(false)
  client.clock.advance(60_000)
  expect((await client.call(`/cdn/certificates/${shop}`)).json).toMatchObject({ versionInProduction: 2 })
})

describe('a certificate that is being deployed', () => {
  const message = `A version of certificate '${lab}' is already being deployed in the 'staging' environment.`
  const submission = { target: 'staging', actions: [deploy(lab, 2)] }

  test.each([deploy(lab, 1), { action: 'remove_cert', certificateId: lab }])(
    'cannot be touched there by %j',
    async (action) => {
      const client = setup()
      expect((await submit(client, submission)).status).toBe(201)
      expect(await submit(client, { target: 'staging', actions: [action] })).toMatchObject({
        status: 400,
        text: JSON.stringify({ code: 'DuplicateDeployment', message }),
        diagnosis: 'duplicate-deployment',
      })
    },
  )

  test('is free again when the task is over', async () => {
    const client = setup()
    await submit(client, submission)
    client.clock.advance(19_999)
    expect((await submit(client, submission)).status).toBe(400)
    client.clock.advance(1)
    expect((await submit(client, submission)).status).toBe(201)
  })
})

test('the checks come in the order of the vendor', async () => {
  const client = setup()
  const [unknownAction, noId, unknownId, noSuchVersion] = [
    { action: 'x' },
    { action: 'deploy_cert' },
    deploy('x', 1),
    deploy(shop, 9),
  ]
  const codes: unknown[] = []
  for (const body of [
    { target: 'x', actions: [unknownAction] },
    { target: 'staging', actions: [unknownId, noSuchVersion, noId] },
    { target: 'staging', actions: [noSuchVersion, unknownId] },
    { target: 'staging', actions: [deploy(lab, 1), deploy(lab, 1), noSuchVersion] },
    { target: 'staging', actions: [{ action: 'remove_cert', certificateId: api }, deploy(lab, 1), deploy(lab, 1)] },
    {
      target: 'staging',
      actions: [property('642c1dc50000000000000b04', 2), { action: 'remove_cert', certificateId: api }],
    },
    { target: 'staging', actions: [property('642c1dc50000000000000b06', 1), property('642c1dc50000000000000b04', 2)] },
  ])
    codes.push(((await submit(client, body)).json as { code: unknown }).code)
  expect(codes).toEqual([
    'InvalidDeploymentTarget',
    'InvalidAction',
    'InvalidCertificateId',
    'InvalidCertificateVersion',
    'DuplicateDeployment',
    'CertificateInUse',
    'CertificateNotDeployed',
  ])
})

test("another customer's property is as unknown as one that is not there", async () => {
  const { call } = setup()
  const body = production({ action: 'remove_property', propertyId: '642c1dc50000000000000b01' })
  const other = { username: 'other_username', apiKey: 'other_apiKey' }
  expect(await call(tasks, { method: 'POST', body, ...other })).toMatchObject({
    status: 400,
    text: '{"code":"InvalidPropertyId","message":"An invalid property ID was specified."}',
    diagnosis: 'invalid-property-id',
  })
})

describe('the removal of a certificate that a property is about to use', () => {
  const removal = { action: 'remove_cert', certificateId: lab }
  const inUse = { status: 400, json: { code: 'CertificateInUse', message: `Certificate ${lab} is still in use` } }
  const b05 = property('642c1dc50000000000000b05', 1)

  test('is refused while the task of the property is open', async () => {
    const client = setup()
    await submit(client, production(deploy(lab, 2)))
    client.clock.advance(20_000)
    expect((await submit(client, production(b05))).status).toBe(201)
    expect(await submit(client, production(removal))).toMatchObject(inUse)
  })

  test('is refused in the same task', async () => {
    const client = setup({ lifecycle: 'at-once' })
    await submit(client, production(deploy(lab, 2)))
    expect(await submit(client, production(b05, removal))).toMatchObject(inUse)
  })
})
