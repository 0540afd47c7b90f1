#!/usr/bin/env node
import { parseChoice, rateLimitsFlag, runMockCommand } from '@certtwin/mock-kit/cli'
import manifest from '../package.json' with { type: 'json' }
import type { DigicertMockOptions } from './mock.ts'
import { apiKeys } from './seeds.ts'

await runMockCommand<DigicertMockOptions>({
  name: 'mock-digicert',
  version: manifest.version,
  summary: 'An offline twin of the DigiCert CertCentral Services API.',
  defaultPort: 4010,
  basePath: '/services/v2',
  flags: [
    {
      name: 'profile',
      value: '2019|2020|2024',
      summary: "the generation of the vendor's API; 2019 unless given",
      parse: parseChoice('2019', '2020', '2024'),
    },
    rateLimitsFlag,
  ],
  example: (baseUrl, curl) =>
    `${curl} -H 'X-DC-DEVKEY: ${apiKeys[0].apiKey}' ${baseUrl}/order/certificate/100003/duplicate`,
  load: async () => ({
    definition: (await import('./definition.ts')).definition,
    createMock: (await import('./mock.ts')).createDigicertMock,
  }),
})
