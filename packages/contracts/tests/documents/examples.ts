import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the examples of docstrings take for granted. */
const prelude = `
import {
  type CdnProClient, createCdnProClient, createDigicertClient, type DigicertClient, isCerttwinError,
} from '@certtwin/core'
import type { DuplicateEntry } from '@certtwin/core/digicert'
import { openTelemetryHooks } from '@certtwin/core/opentelemetry'
declare const cdnpro: CdnProClient
declare const digicert: DigicertClient
declare const entry: DuplicateEntry
declare const [apiKey, certificate, certificateId, chainCert, csr, id, privateKey, username]: readonly string[] &
  readonly [string, string, string, string, string, string, string, string]
void [createCdnProClient, createDigicertClient, isCerttwinError, openTelemetryHooks, cdnpro, digicert, entry]
`

/** A package that users of the example have, and we need not. */
export const ambient: string = `
declare module '@opentelemetry/api' {
  export const trace: { getTracer(name: string): import('@certtwin/core/opentelemetry').TracerLike }
}
`

/** The examples in the docstrings of a package, each as a module; they are compiled and not run. */
export function readExamples(source: string): readonly string[] {
  return globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts', '**/*.generated.*'] })
    .flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/^ *\* ```ts\n([\s\S]*?)^ *\* ```$/gm)])
    .map(([, example = '']) => example.replaceAll(/^ *\* ?/gm, '').split('\n'))
    .map((lines) => {
      const isImport = (line: string): boolean => line.startsWith('import ')
      const body = lines.filter((line) => !isImport(line))
      return [...lines.filter(isImport), prelude, '{', ...body, '}', 'export {}'].join('\n')
    })
}
