// What programs ask that verify a certificate. They have no key, so none of the checks of the API stands before it.
import { answer, isWorldName } from '@certtwin/mock-kit'
import { type Context, Hono } from 'hono'
import { ocspAnswerOf, revocationListOf } from '../domain/revocation-status.ts'
import type { DigicertEnv } from '../env.ts'
import { answerError, refuse } from '../errors.ts'
import { defaultCaCertId, isCaCertId } from '../intermediates.ts'

export const revocationStatus: Hono<DigicertEnv> = new Hono<DigicertEnv>()

const publicPath = /^https?:\/\/[^/]+\/(?:crl|ocsp)\/([^/.?#]+)/

/** The world that the URL of a list or of a responder names; undefined for any other URL. */
export function publicWorldOf(url: string): string | undefined {
  const [, name = ''] = publicPath.exec(url) ?? []
  return isWorldName(name) ? name : undefined
}

revocationStatus.get('/crl/:list', (context) => {
  requireWorld(context, listName(context.req.param('list')))
  return answerList(context, defaultCaCertId)
})

revocationStatus.get('/crl/:world/:list', (context) => {
  const { world, list } = context.req.param()
  requireWorld(context, world)
  return answerList(context, listName(list))
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

/** What the list is called, without its extension; empty for what is called otherwise. */
function listName(text: string): string {
  return text.endsWith('.crl') ? text.slice(0, -4) : ''
}

function answerList(context: Context<DigicertEnv>, caCertId: string): Response {
  if (!isCaCertId(caCertId)) throw refuse('list-unknown')
  return answer(context, revocationListOf(context.env.world, caCertId), 200, { 'Content-Type': 'application/pkix-crl' })
}

function answerOcsp(context: Context<DigicertEnv>, request: Uint8Array): Response {
  const response = ocspAnswerOf(context.env.world, request)
  return answer(context, response, 200, { 'Content-Type': 'application/ocsp-response' })
}
