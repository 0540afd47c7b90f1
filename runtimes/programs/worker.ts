import type { Place } from '../cases/place.ts'
import { caseCount, runCase } from '../cases/run-cases.ts'

interface Bindings {
  readonly PLACE: Place
}

/** One case a request, since that is how such a program lives; without a path it says how many there are. */
async function answer(request: Request, { PLACE: place }: Bindings): Promise<Response> {
  const index = new URL(request.url).pathname.slice(1)
  if (index === '') return Response.json(caseCount)
  // eslint-disable-next-line no-console -- what it prints is what is looked at
  const platform = { print: console.log, mixesUpFailures: true }
  return Response.json(await runCase(place, platform, Number(index)))
}

const worker: { readonly fetch: typeof answer } = { fetch: answer }
// eslint-disable-next-line import/no-default-export -- the runtime looks for it
export default worker
