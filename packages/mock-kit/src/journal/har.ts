import type { HeaderPair, JournalEntry } from './entry.ts'

interface HarPair {
  readonly name: string
  readonly value: string
}

/** A journal in the form of HAR 1.2, which browsers and proxies open. */
export interface Har {
  readonly log: { readonly version: '1.2'; readonly creator: object; readonly entries: readonly object[] }
}

/** @param creator - name and version of the twin */
export function toHar(
  entries: readonly JournalEntry[],
  creator: { readonly name: string; readonly version: string },
): Har {
  return { log: { version: '1.2', creator, entries: entries.map(toHarEntry) } }
}

function toHarEntry(entry: JournalEntry): object {
  const { startedMs, durationMs, diagnosis, fault } = entry
  const comment = [diagnosis, fault && `fault ${fault.rule}: ${fault.kind}`].filter((text) => text !== undefined)
  return {
    startedDateTime: new Date(startedMs).toISOString(),
    time: durationMs,
    request: toHarRequest(entry),
    response: toHarResponse(entry),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(comment.length > 0 && { comment: comment.join('; ') }),
  }
}

function toHarRequest({ method, url, request: { headers, body } }: JournalEntry): object {
  // By hand, since a URL of which a part is masked need not be one.
  const query = [...new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')].map(toHarPair)
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(toHarPair),
    queryString: query,
    headersSize: -1,
    bodySize: Buffer.byteLength(body),
    ...(body !== '' && { postData: { mimeType: headerOf(headers, 'content-type'), text: body } }),
  }
}

function toHarResponse({ status, response: { headers, body } }: JournalEntry): object {
  const bytes = Buffer.from(body ?? '')
  const text = typeof body === 'string' ? { text: body } : { text: bytes.toString('base64'), encoding: 'base64' }
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(toHarPair),
    content: { size: bytes.length, mimeType: headerOf(headers, 'content-type'), ...(body !== null && text) },
    redirectURL: headerOf(headers, 'location'),
    headersSize: -1,
    bodySize: bytes.length,
  }
}

function toHarPair([name, value]: HeaderPair): HarPair {
  return { name, value }
}

function headerOf(headers: readonly HeaderPair[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? ''
}
