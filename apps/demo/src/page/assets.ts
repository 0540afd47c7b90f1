import { readFileSync } from 'node:fs'
import { Hono } from 'hono'

const files = {
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'nodes.js': 'text/javascript; charset=utf-8',
  'cdnpro.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const

/** What the document refers to, read once. */
export const assets: Hono = new Hono()

for (const [name, type] of Object.entries(files)) {
  const text = readFileSync(new URL(`assets/${name}`, import.meta.url), 'utf8')
  assets.get(`/${name}`, (context) => context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }))
}
