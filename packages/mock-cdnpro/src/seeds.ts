import type { Account } from './entities.ts'

/** The users that a new twin knows; the first name and API key are those in the vendor's sample script. */
export const seedAccounts: readonly [Account, ...Account[]] = [
  {
    username: 'example_username',
    apiKey: 'example_apiKey',
    customerId: 20_001_001,
    access: 'full',
    keys: { accessKey: 'example_accessKey', secretKey: 'example_secretKey' },
  },
  { username: 'readonly_username', apiKey: 'readonly_apiKey', customerId: 20_001_001, access: 'read-only' },
  { username: 'other_username', apiKey: 'other_apiKey', customerId: 20_002_002, access: 'full' },
  { username: 'unprovisioned_username', apiKey: 'unprovisioned_apiKey', customerId: 20_003_003, access: 'none' },
]
