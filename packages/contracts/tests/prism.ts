import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  type IHttpResponse,
} from '@stoplight/prism-http'
import type { Fetch } from '@certtwin/mock-kit'
import type { Api } from '../generate/apis.ts'

type PrismComponents = Parameters<typeof createInstance>[1]

const checks = {
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
}
const checker: IHttpConfig = { ...checks, isProxy: true, upstream: new URL('http://upstream.invalid') }
const mocker: IHttpConfig = { ...checks, isProxy: false }

/** What a witness has against an exchange. */
export interface Violation {
  readonly exchange: string
  readonly side: 'request' | 'answer'
  readonly complaint: string
}

/** Prism between client and service: it sees request and answer, and lets both pass. */
export interface PrismWitness {
  readonly violations: Violation[]
  through(fetch: Fetch): Fetch
}

/** @param prefix - the part of the path that the document's servers carry */
export async function createPrismWitness(api: Api, prefix: string): Promise<PrismWitness> {
  const operations = await getHttpOperationsFromSpec(api.document.pathname)
  const violations: Violation[] = []
  return {
    violations,
    through: (fetch) => async (request) => {
      let answer: Response | undefined
      const forward = async (): Promise<IHttpResponse> => {
        answer = await fetch(request.clone())
        return toPrismResponse(answer.clone())
      }
      const prism = createInstance(checker, { ...silent, forward: () => () => async () => right(await forward()) })
      const result = await prism.request(await toPrismRequest(request.clone(), prefix), operations)()
      const exchange = `${request.method} ${new URL(request.url).pathname}`
      if (result._tag === 'Left') violations.push({ exchange, side: 'request', complaint: result.left.message })
      else violations.push(...violationsOf(exchange, result.right.validations))
      return answer ?? fetch(request)
    },
  }
}

/** Prism as a mock of a document: it answers with the document's own examples. */
export async function createPrismMock(api: Api, prefix: string): Promise<Fetch> {
  const operations = await getHttpOperationsFromSpec(api.document.pathname)
  const prism = createInstance(mocker, silent)
  return async (request) => {
    const result = await prism.request(await toPrismRequest(request, prefix), operations)()
    if (result._tag === 'Left') throw result.left
    const { statusCode, headers, body } = result.right.output
    const hasBody = body !== undefined && statusCode !== 204
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response(hasBody ? text : null, { status: statusCode, headers: headers ?? {} })
  }
}

interface Diagnostic {
  readonly severity: number
  readonly message: string
  readonly path?: readonly string[]
}

interface Validations {
  readonly input: readonly Diagnostic[]
  readonly output: readonly Diagnostic[]
}

/** Severity 0 is an error and 1 a warning; both count. */
function violationsOf(exchange: string, { input, output }: Validations): Violation[] {
  const toViolation = (side: Violation['side']) => (diagnostic: Diagnostic) => ({
    exchange,
    side,
    complaint: `${diagnostic.path?.join('.') ?? ''}: ${diagnostic.message}`,
  })
  const isSevere = ({ severity }: Diagnostic): boolean => severity <= 1
  return [...input.filter(isSevere).map(toViolation('request')), ...output.filter(isSevere).map(toViolation('answer'))]
}

async function toPrismRequest(request: Request, prefix: string): Promise<IHttpRequest> {
  const url = new URL(request.url)
  const text = await request.text()
  const headers = Object.fromEntries(request.headers)
  return {
    method: request.method.toLowerCase() as IHttpRequest['method'],
    url: {
      path: url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : url.pathname,
      query: Object.fromEntries(url.searchParams),
    },
    headers: text === '' ? headers : { ...headers, 'content-length': String(Buffer.byteLength(text)) },
    ...(text === '' ? {} : { body: parse(text) }),
  }
}

async function toPrismResponse(response: Response): Promise<IHttpResponse> {
  const text = await response.text()
  const headers = Object.fromEntries(response.headers)
  return { statusCode: response.status, headers, ...(text === '' ? {} : { body: parse(text) }) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The right side of fp-ts, which Prism's interface is written in. */
function right<Value>(value: Value): { readonly _tag: 'Right'; readonly right: Value } {
  return { _tag: 'Right', right: value }
}

const nothing = (): void => {}
const logger: Record<string, unknown> = {}
for (const level of ['success', 'trace', 'debug', 'info', 'warn', 'error', 'fatal']) logger[level] = nothing
logger['child'] = () => logger
const silent = { logger } as unknown as PrismComponents
