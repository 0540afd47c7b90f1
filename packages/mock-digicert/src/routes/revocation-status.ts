// What programs ask that verify a certificate. They have no key, so none of the checks of the API stands before it.
import { answer, isWorldName } from '@certtwin/mock-kit'
import { encodePem } from '@certtwin/mock-kit/x509'
import { type Context, Hono } from 'hono'
import { ocspAnswerOf, revocationListOf } from '../domain/revocation-status.ts'
import type { DigicertEnv } from '../env.ts'
import { answerError, refuse } from '../errors.ts'
import { defaultCaCertId, isCaCertId } from '../intermediates.ts'

export const revocationStatus: Hono<DigicertEnv> = new Hono<DigicertEnv>()

/** The world that the path of a list or of a responder names; undefined for any other path. */
export function publicWorldOf(path: string): string | undefined {
  // Nearly every request is one of the API, and the expression is slow for those.
  if (!path.startsWith('/crl/') && !path.startsWith('/ocsp/')) return undefined
  const [, name = ''] = /^\/\w+\/([^/.]+)/.exec(path) ?? []
  return isWorldName(name) ? name : undefined
}

revocationStatus.get('/crl/:list', (context) => {
  const { name, form } = parseFileName(context.req.param('list'))
  requireWorld(context, name)
  return answerList(context, defaultCaCertId, form)
})

revocationStatus.get('/crl/:world/:list', (context) => {
  const { world, list } = context.req.param()
  requireWorld(context, world)
  const { name, form } = parseFileName(list)
  return answerList(context, name, form)
})

revocationStatus.post('/ocsp/:world', (context) => {
  requireWorld(context, context.req.param('world'))
  return answerOcsp(context, Buffer.from(context.env.exchange.body.text, 'latin1'))
})

// The base64 of a request may hold slashes, and not every program encodes them.
revocationStatus.get('/ocsp/:world/:request{.+}', (context) => {
  requireWorld(context, context.req.param('world'))
  return answerOcsp(context, Buffer.from(context.req.param('request'), 'base64'))
})

revocationStatus.onError(answerError)
revocationStatus.notFound((context) => answerError(refuse('prefix-unknown'), context))

/** Who names a world that has not begun is in another one. @throws Refusal `not_found` */
function requireWorld({ env: { world } }: Context<DigicertEnv>, name: string): void {
  if (world.name !== name) throw refuse('world-unknown')
}

interface FileName {
  readonly name: string
  /** `crl` is DER, as certificates want it (RFC 5280 §4.2.1.13); older programs of the command line take PEM alone. */
  readonly form: 'crl' | 'pem'
}

/** @throws Refusal `not_found` */
function parseFileName(text: string): FileName {
  const [, name = '', form] = /^([\w-]+)\.(crl|pem)$/.exec(text) ?? []
  if (form === undefined) throw refuse('list-unknown')
  return { name, form: form as FileName['form'] }
}

function answerList(context: Context<DigicertEnv>, caCertId: string, form: FileName['form']): Response {
  if (!isCaCertId(caCertId)) throw refuse('list-unknown')
  const list = revocationListOf(context.env.world, caCertId)
  return form === 'crl'
    ? answer(context, list, 200, { 'Content-Type': 'application/pkix-crl' })
    : answer(context, encodePem('X509 CRL', list), 200, { 'Content-Type': 'application/x-pem-file' })
}

function answerOcsp(context: Context<DigicertEnv>, request: Uint8Array): Response {
  const response = ocspAnswerOf(context.env.world, request)
  return answer(context, response, 200, { 'Content-Type': 'application/ocsp-response' })
}
