// Hono with nothing else: what the twins' framework costs.
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

interface Stub {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly status: 200 | 201
  readonly contentType: string
  readonly body: string
}

const [port, stubFile = ''] = process.argv.slice(2)
const { method, path, status, contentType, body } = JSON.parse(readFileSync(stubFile, 'utf8')) as Stub

const app = new Hono().on(method, path, async (context) => {
  if (method === 'POST') await context.req.text()
  return context.body(body, status, { 'Content-Type': contentType })
})
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
