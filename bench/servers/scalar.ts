// Scalar's mock server has no command line; this is the start that its documentation shows.
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

interface ScalarModule {
  readonly createMockServer: (options: { document: string; logger: false }) => Promise<Hono>
}

const [port, documentFile = ''] = process.argv.slice(2)
// Through a variable: the peers are not installed when types are checked.
const scalar: string = '@scalar/mock-server'
const { createMockServer } = (await import(scalar)) as ScalarModule
const app = await createMockServer({ document: readFileSync(documentFile, 'utf8'), logger: false })
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
