export { type CdnProClient, type CdnProClientOptions, createCdnProClient } from './cdnpro/client.ts'
export { createDigicertClient, type DigicertClient, type DigicertClientOptions } from './digicert/client.ts'
export type { Duplicate } from './digicert/duplicates.ts'
export * from './vendor-neutral.ts'
