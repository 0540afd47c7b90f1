// What everything is compared with: `node:http` that answers with the bytes of the twin, and reads what is sent.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

interface Stub {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

const [port, stubFile = ''] = process.argv.slice(2)
const { status, contentType, body } = JSON.parse(readFileSync(stubFile, 'utf8')) as Stub
const headers = { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => response.writeHead(status, headers).end(body))
}).listen(Number(port), '127.0.0.1')
