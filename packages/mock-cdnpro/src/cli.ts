#!/usr/bin/env node
import { parseChoice, rateLimitsFlag, runMockCommand } from '@certtwin/mock-kit/cli'
import manifest from '../package.json' with { type: 'json' }
import type { DeploymentPace } from './domain/task-life.ts'
import type { CdnProMockOptions } from './mock.ts'
import { seedAccounts } from './seeds.ts'

await runMockCommand<CdnProMockOptions>({
  name: 'mock-cdnpro',
  version: manifest.version,
  summary: 'An offline twin of the CDN Pro certificate API.',
  defaultPort: 4020,
  basePath: '',
  flags: [
    {
      name: 'door',
      value: 'gateway|native',
      summary: 'the front door of the service; gateway unless given',
      parse: parseChoice('gateway', 'native'),
    },
    {
      name: 'generation',
      value: '2023|current',
      summary: 'the generation of the service; 2023 unless given',
      parse: parseChoice('2023', 'current'),
    },
    {
      name: 'lifecycle',
      value: 'default|realistic|at-once|reads',
      summary: 'how fast deployment tasks go; a number: done after so many reads',
      parse: parsePace,
    },
    rateLimitsFlag,
  ],
  example: signedQuery,
  load: async () => ({
    definition: (await import('./definition.ts')).definition,
    createMock: (await import('./mock.ts')).createCdnProMock,
  }),
})

/** @throws RangeError */
function parsePace(text: string): DeploymentPace {
  if (text === 'default' || text === 'realistic' || text === 'at-once') return text
  if (/^\d{1,6}$/.test(text)) return { reads: Number(text) }
  throw new RangeError('Choose from default, realistic, at-once, or give a number of reads.')
}

/**
 * Queries the documented version, signed as in the vendor's sample for bash. The date that is signed is the twin's own, since its clock
 * may be anywhere.
 */
function signedQuery(baseUrl: string, curl: string): string {
  const [{ username, apiKey }] = seedAccounts
  const url = `${baseUrl}/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1`
  return [
    `date="$(${curl} -s -o /dev/null -D - ${url} | tr -d '\\r' | sed -n 's/^[Dd]ate: //p')"`,
    `password="$(printf %s "$date" | openssl dgst -sha1 -hmac ${apiKey} -binary | openssl enc -base64)"`,
    `${curl} -u "${username}:$password" -H "Date: $date" ${url}`,
  ].join('; ')
}
