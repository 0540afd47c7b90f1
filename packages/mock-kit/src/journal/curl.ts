import type { HeaderPair, JournalEntry } from './entry.ts'

/** What a curl command is made from. */
type Sent = Pick<JournalEntry, 'method' | 'url' | 'request'>

/** Headers that curl makes itself, or that say nothing about the request. */
const left = new Set(['content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'keep-alive', 'expect'])

/** What a system passes to a program in one argument, with room to spare; Linux takes 128 KiB. */
const longestArgument = 32 * 1024

/** The request as a curl command for bash or zsh, on one line; what was masked has to be filled in. */
export function toCurl({ method, url, request: { headers, body } }: Sent): string {
  const isPiped = body.length > longestArgument || body.includes('\0')
  const parts = [
    ...(isPiped ? [`printf %b ${quote(escapeForPrintf(body))} |`] : []),
    'curl',
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['-I'] : ['-X', quoteIfNeeded(method)]),
    // In URLs curl gives brackets and braces a meaning of its own.
    ...(/[[\]{}]/.test(url) ? ['-g'] : []),
    ...toHeaderOptions(headers, body),
    ...(body === '' ? [] : isPiped ? ['--data-binary @-'] : ['--data-raw', quote(body)]),
    quote(url),
  ]
  return parts.join(' ')
}

function toHeaderOptions(headers: readonly HeaderPair[], body: string): string[] {
  const sent = headers.filter(([name]) => !left.has(name.toLowerCase()))
  // Without a value curl would leave the header out.
  const options = sent.flatMap(([name, value]) => ['-H', quote(value === '' ? `${name};` : `${name}: ${value}`)])
  // With a body curl would call it a form.
  const isNamed = body === '' || sent.some(([name]) => name.toLowerCase() === 'content-type')
  return isNamed ? options : [...options, '-H', quote('Content-Type:')]
}

/** Line breaks are written as escapes, so that the command stays on its line. */
function quote(text: string): string {
  if (!/[\r\n]/.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)
  return `$'${escaped.replaceAll('\r', String.raw`\r`).replaceAll('\n', String.raw`\n`)}'`
}

function quoteIfNeeded(text: string): string {
  return /^\w+$/.test(text) ? text : quote(text)
}

/** `printf` is part of the shell, so it takes any length; a NUL can only be written as an escape. */
function escapeForPrintf(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\0': '\\0000', '\r': '\\r', '\n': '\\n' }
  return text.replaceAll(/[\\\0\r\n]/g, (found) => escapes[found]!)
}
