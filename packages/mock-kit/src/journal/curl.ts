import type { JournalEntry } from './entry.ts'

/** Headers that curl makes itself, or that say nothing about the request. */
const left = new Set(['content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'keep-alive', 'expect'])

/** The request as a curl command for a POSIX shell, on one line; what was masked has to be filled in. */
export function toCurl({ method, url, request }: JournalEntry): string {
  const headers = request.headers.filter(([name]) => !left.has(name.toLowerCase()))
  const parts = [
    'curl',
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', method]),
    // Without a value curl would leave the header out.
    ...headers.flatMap(([name, value]) => ['-H', quote(value === '' ? `${name};` : `${name}: ${value}`)]),
    ...(request.body === '' ? [] : ['--data-binary', quote(request.body)]),
    quote(url),
  ]
  return parts.join(' ')
}

/** Line breaks are written as escapes, so that the command stays on its line. */
function quote(text: string): string {
  if (!/[\r\n]/.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)
  return `$'${escaped.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`)}'`
}
