import { answerJson } from '@certtwin/mock-kit'
import type { DigicertBindings } from './env.ts'
import { readHeaders } from './headers.ts'

/** Answers what was read as JSON, with what tells whether it has changed. */
export function answerRead(context: { readonly env: DigicertBindings }, view: object): Response {
  return answerJson(context, view, 200, readHeaders(JSON.stringify(view), context.env.world.clock))
}
