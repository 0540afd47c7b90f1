import { type Arbitrary, array, boolean, constant, constantFrom, integer, oneof, record } from 'fast-check'
import { type Action, ids } from './model.ts'

// What can happen to a twin and its tasks: right submissions more often than wrong ones.

export type Step =
  | {
      readonly kind: 'submit'
      readonly target: string
      readonly actions: readonly Action[]
      readonly checks: boolean
    }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'failNext'; readonly count: number }
  | { readonly kind: 'end'; readonly as: 'succeeded' | 'failed'; readonly one: boolean }

const anyVersion = oneof(constantFrom<number | string>(1, 2, '1', '2', 3), constantFrom<number | string>(0, 9, 'x'))
const someVersion = oneof({ weight: 5, arbitrary: constantFrom<number | string>(1, 2, '1', '2') }, anyVersion)
const certificateId = oneof({ weight: 9, arbitrary: constantFrom(ids.shop, ids.lab) }, constant(ids.nothing))
const siteId = oneof(
  { weight: 9, arbitrary: constantFrom(ids.shopSite, ids.labSite, ids.deepSite) },
  constant(ids.nothing),
)
const anyAction = oneof(
  {
    weight: 4,
    arbitrary: record({ action: constant('deploy_cert' as const), id: certificateId, version: someVersion }),
  },
  { weight: 2, arbitrary: record({ action: constant('remove_cert' as const), id: certificateId }) },
  { weight: 3, arbitrary: record({ action: constant('deploy_property' as const), id: siteId, version: someVersion }) },
  { weight: 2, arbitrary: record({ action: constant('remove_property' as const), id: siteId }) },
)
const anyTarget = oneof({ weight: 20, arbitrary: constantFrom('staging', 'production') }, constant('moon'))
const submission = record({
  kind: constant('submit' as const),
  target: anyTarget,
  actions: oneof(
    { weight: 20, arbitrary: array(anyAction, { minLength: 1, maxLength: 3 }) },
    constant<readonly Action[]>([]),
  ),
  checks: boolean(),
})
export const anyStep: Arbitrary<Step> = oneof(
  { weight: 6, arbitrary: submission },
  {
    weight: 4,
    arbitrary: record({ kind: constant('wait' as const), ms: constantFrom(1, 4999, 5000, 14_999, 15_000, 60_000) }),
  },
  { weight: 1, arbitrary: record({ kind: constant('failNext' as const), count: integer({ min: 0, max: 2 }) }) },
  {
    weight: 1,
    arbitrary: record({
      kind: constant('end' as const),
      as: constantFrom('succeeded' as const, 'failed' as const),
      one: boolean(),
    }),
  },
)
