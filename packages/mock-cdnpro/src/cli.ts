#!/usr/bin/env node
import { runMockCommand } from '@certtwin/mock-kit/cli'
import manifest from '../package.json' with { type: 'json' }
import type { CdnProMockOptions } from './mock.ts'
import { settingFlags } from './setting-flags.ts'
import { seedAccounts } from './seeds.ts'

await runMockCommand<CdnProMockOptions>({
  name: 'mock-cdnpro',
  version: manifest.version,
  summary: 'An offline twin of the CDN Pro certificate API.',
  defaultPort: 4020,
  basePath: '',
  flags: settingFlags,
  example: signedQuery,
  load: async () => ({
    definition: (await import('./definition.ts')).definition,
    createMock: (await import('./mock.ts')).createCdnProMock,
  }),
})

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
