import { ControlError } from '../definition.ts'

/** Where a twin is reached. */
export interface Address {
  readonly url: () => string | undefined
  /** A listener has begun, whose base URL is told where nobody has given another. */
  readonly listensAt: (url: string) => void
}

/** @throws ControlError when the given URL is none */
export function createAddress({ publicUrl }: { readonly publicUrl?: string }): Address {
  const given = publicUrl === undefined ? undefined : readUrl(publicUrl)
  let listensAt: string | undefined
  return {
    url: () => given ?? listensAt,
    // What is found there must not need TLS, which may wait for it, and every port answers plain HTTP too.
    listensAt: (url) => void (listensAt = reachable(url).replace(/^https:/, 'http:')),
  }
}

/** A twin that listens everywhere is reached at loopback. */
export function reachable(url: string): string {
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

function readUrl(text: string): string {
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new ControlError('The publicUrl must be a URL such as http://twin.example:4010.')
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
