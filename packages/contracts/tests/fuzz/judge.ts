import type { Fetch } from '@certtwin/mock-kit'
import type { Edition } from '../../generate/edition.ts'
import type { Witness } from '../witness.ts'
import type { Sent } from './requests.ts'

/** The twin that odd requests go to. */
export interface Target {
  readonly fetch: Fetch
  readonly snapshot: () => object
  readonly edition?: Edition
}

/** What is wrong with the answer to a request, or with what it left behind; undefined when nothing is. */
export async function complaintAbout(
  witness: Witness,
  { fetch, snapshot, edition }: Target,
  sent: Sent & { readonly url: string },
): Promise<string | undefined> {
  const before = JSON.stringify(snapshot())
  witness.clear()
  const { url, method, headers, body } = sent
  const isBare = method === 'GET' || method === 'HEAD'
  const request = new Request(url, { method, headers, body: isBare ? null : (body ?? null) })
  const { status } = await witness.through(fetch, edition)(request)
  if (status >= 500) return `${status}`
  if (status >= 400 && JSON.stringify(snapshot()) !== before) return `${status}, and the state has changed`
  const violations = witness.violations.filter(({ side }) => side === 'answer')
  return violations.length > 0 ? violations.map(({ complaint }) => complaint).join('; ') : undefined
}
