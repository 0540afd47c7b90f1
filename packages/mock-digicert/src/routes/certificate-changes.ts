import { answer, answerJson } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { parseRevocation } from '../inputs/changes.ts'
import { archiveCertificate } from '../domain/archive.ts'
import { findByIdOrSerial, findCertificate } from '../domain/certificates.ts'
import { oneCertificate, requestRevocation } from '../domain/revocations.ts'
import type { DigicertEnv } from '../env.ts'
import { toRevocationResponse } from '../views/requests.ts'

/** What happens to a certificate after it was issued. */
export const certificateChanges: Hono<DigicertEnv> = new Hono<DigicertEnv>()

certificateChanges.put('/certificate/:certificate_identifier/revoke', (context) => {
  const { world, caller } = context.env
  const certificate = findByIdOrSerial(world.state, caller, context.req.param('certificate_identifier'))
  const wish = parseRevocation(context.env.json)
  const request = requestRevocation(world, caller, oneCertificate(world.state, certificate), wish)
  if (request === undefined) return answer(context, null, 204)
  return answerJson(context, toRevocationResponse(world.state, request), 201)
})

certificateChanges.put('/certificate/:certificate_id/archive', (context) => {
  const { state } = context.env.world
  archiveCertificate(state, findCertificate(state, context.env.caller, context.req.param('certificate_id')))
  return answer(context, null, 204)
})
