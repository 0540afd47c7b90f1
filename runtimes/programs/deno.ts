import type { Place } from '../cases/place.ts'
import { runCases } from '../cases/run-cases.ts'

declare const Deno: {
  readonly env: { get(name: string): string | undefined }
  inspect(value: unknown, options: { readonly depth: number; readonly showHidden: boolean }): string
}

const results = await runCases(JSON.parse(Deno.env.get('PLACE')!) as Place, {
  print: console.log, // eslint-disable-line no-console -- what it prints is what is looked at
  inspect: (value) => Deno.inspect(value, { depth: 9, showHidden: true }),
})
// eslint-disable-next-line no-console -- the last line is for the host
console.log(JSON.stringify(results))
