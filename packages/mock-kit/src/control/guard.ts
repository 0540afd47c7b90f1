import { createHash, timingSafeEqual } from 'node:crypto'
import { controlPath } from './path.ts'

/** How a control plane on a port is protected. */
export interface GuardOptions {
  /** Wanted of every call but `health` and the page itself; undefined on loopback where nobody set one. */
  readonly token: string | undefined
  /** The host that was listened on. */
  readonly host: string
}

/** How a refused request is answered. */
export interface GuardRefusal {
  readonly status: 401 | 403
  readonly error: string
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']
const anywhere = ['0.0.0.0', '::']

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/**
 * Why a request to the control plane is refused, or undefined when it may pass. Any web page can send requests to loopback, and by
 * a name of its own that it lets point there; browsers tell where such a request comes from.
 */
export function refusal(request: Request, path: string, { token, host }: GuardOptions): GuardRefusal | undefined {
  if (path === `${controlPath}/health`) return undefined
  const { headers } = request
  const ownHost = headers.get('host')?.toLowerCase() ?? ''
  if (!isOwnName(ownHost, host))
    return {
      status: 403,
      error: `The control plane is not for the host ${JSON.stringify(ownHost)}: call it by the address that the twin listens on.`,
    }
  if (isFromElsewhere(headers, ownHost))
    return {
      status: 403,
      error: 'The control plane is not for pages of other origins: type its address into the browser.',
    }
  if (token !== undefined && !isOpen(path) && !isSame(tokenOf(headers), token))
    return {
      status: 401,
      error:
        'The control plane wants its token: send Authorization: Bearer and the token that the twin was started with.',
    }
  return undefined
}

/** A twin that listens everywhere cannot know its names; it has a token. */
function isOwnName(ownHost: string, host: string): boolean {
  if (anywhere.includes(host)) return true
  const listened = host.includes(':') ? `[${host}]` : host.toLowerCase()
  return [...loopbackNames, listened].includes(ownHost.replace(/:\d+$/, ''))
}

function isFromElsewhere(headers: Headers, ownHost: string): boolean {
  const origin = headers.get('origin')
  if (origin !== null && origin.toLowerCase().replace(/^https?:\/\//, '') !== ownHost) return true
  const site = headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

/** The page is without data, which it fetches with the token. */
function isOpen(path: string): boolean {
  return [controlPath, `${controlPath}/`, `${controlPath}/page.js`, `${controlPath}/page.css`].includes(path)
}

function tokenOf(headers: Headers): string | undefined {
  return /^bearer +(.+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}

/** Compared as hashes, whose lengths are equal, so that the time tells nothing. */
function isSame(given: string | undefined, wanted: string): boolean {
  if (given === undefined) return false
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(one!, other!)
}
