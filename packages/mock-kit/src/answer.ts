import type { AnswerRecord, Exchange } from './exchange.ts'

/** What an answer needs to know of its context. */
interface AnswerContext {
  readonly env: { readonly exchange: Exchange }
}

/**
 * The one way in which a twin answers: with the headers of every answer and those of this one, left in the exchange for
 * the journal. It goes past `context.body`, which copies headers name by name.
 *
 * @param headers - further headers of this answer
 */
export function answer(
  { env }: AnswerContext,
  body: AnswerRecord['body'],
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return toResponse(env.exchange, { status, headers: { ...env.exchange.headers, ...headers }, body })
}

/** Answers with JSON: compact, keys in the order of the value, media type without parameters. */
export function answerJson(
  context: AnswerContext,
  value: object,
  status: number = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return answer(context, JSON.stringify(value), status, { 'Content-Type': 'application/json', ...headers })
}

/** The response that a record describes, from now on the answer of the exchange. */
export function toResponse(exchange: Exchange, record: AnswerRecord): Response {
  exchange.answer = record
  return new Response(record.body, { status: record.status, headers: record.headers })
}
