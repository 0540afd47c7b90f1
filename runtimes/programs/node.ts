import { inspect } from 'node:util'
import type { Place } from '../cases/place.ts'
import { runCases } from '../cases/run-cases.ts'

const results = await runCases(JSON.parse(process.env['PLACE']!) as Place, {
  print: console.log, // eslint-disable-line no-console -- what it prints is what is looked at
  inspect: (value) => inspect(value, { depth: 9, showHidden: true }),
})
// eslint-disable-next-line no-console -- the last line is for the host
console.log(JSON.stringify(results))
