import { answer } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { download } from '../domain/downloads.ts'
import type { DigicertEnv } from '../env.ts'
import { readHeaders } from '../headers.ts'

export const certificates: Hono<DigicertEnv> = new Hono<DigicertEnv>()

certificates.get('/certificate/:certificate_id/download/format/:format_type', (context) => {
  const { certificate_id: id, format_type: format } = context.req.param()
  const { world } = context.env
  const { content, contentType, fileName } = download(world, context.env.caller, id, format)
  return answer(context, content, 200, {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ...readHeaders(content, world.clock),
  })
})
