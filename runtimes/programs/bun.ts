import type { Place } from '../cases/place.ts'
import { runCases } from '../cases/run-cases.ts'

declare const Bun: {
  readonly env: Readonly<Record<string, string>>
  inspect(value: unknown, options: { readonly depth: number; readonly showHidden: boolean }): string
}

const results = await runCases(JSON.parse(Bun.env['PLACE']!) as Place, {
  print: console.log, // eslint-disable-line no-console -- what it prints is what is looked at
  inspect: (value) => Bun.inspect(value, { depth: 9, showHidden: true }),
})
// eslint-disable-next-line no-console -- the last line is for the host
console.log(JSON.stringify(results))
