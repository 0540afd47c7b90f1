import { type JournalQuery, matches } from '../../journal/query.ts'
import { byId, valueOf } from './elements.ts'
import { say } from './notes.ts'
import { ask, type Schemas } from './plane.ts'
import { showEntry } from './request-entry.ts'

type Entry = Schemas['JournalEntry']

/** More lines would only make the page slow. */
const mostShown = 300

/** What the list shows, and what comes while it is loaded. */
const shown: { query: JournalQuery; newestId: number; missed: Entry[] | undefined; loads: number } = {
  query: {},
  newestId: 0,
  missed: undefined,
  loads: 0,
}

const list = (): HTMLOListElement => byId('requests', HTMLOListElement)

/** The filter as the plane takes it. */
export function readFilter(): Record<string, string> {
  const form = byId('filters', HTMLFormElement)
  const operation = valueOf(form, 'operation')
  const status = valueOf(form, 'status').trim()
  return { ...(operation && { operation }), ...(status && { status }) }
}

/** Shows the newest requests that the filter lets through, and says how many they are. Of two loads the later one counts. */
export async function loadRequests(): Promise<string> {
  const load = ++shown.loads
  shown.missed = []
  const filter = readFilter()
  const { requests } = await ask<Schemas['JournalList']>('GET requests', {
    query: { ...filter, limit: String(mostShown) },
  })
  if (load !== shown.loads) return describe()
  shown.query = toQuery(filter)
  shown.newestId = requests.at(-1)?.id ?? 0
  list().replaceChildren(...requests.toReversed().map(showEntry))
  const { missed } = shown
  shown.missed = undefined
  addRequests(missed)
  return describe()
}

/** The same for what comes live; the plane has found it right. */
function toQuery({ operation, status }: Readonly<Record<string, string>>): JournalQuery {
  return {
    ...(operation !== undefined && { operation }),
    ...(status !== undefined && { status: /^\d+$/.test(status) ? Number(status) : (status as '4xx') }),
  }
}

export function emptyRequests(): void {
  shown.loads += 1
  list().replaceChildren()
}

/** Shows what came live; what is being read stays where it is. */
export function addRequests(entries: readonly Entry[]): void {
  shown.missed?.push(...entries)
  const added = entries.filter((entry) => entry.id > shown.newestId && matches(entry, shown.query))
  shown.newestId = Math.max(shown.newestId, entries.at(-1)?.id ?? 0)
  if (added.length === 0) return
  const scroller = list().parentElement!
  const isRead = scroller.scrollTop > 0 || list().querySelector('details[open]') !== null
  const heightBefore = scroller.scrollHeight
  list().prepend(...added.toReversed().map(showEntry))
  while (list().childElementCount > mostShown) list().lastElementChild!.remove()
  if (isRead) scroller.scrollTop += scroller.scrollHeight - heightBefore
  say('requests-note', describe())
}

export function describe(): string {
  const count = list().childElementCount
  const isFiltered = Object.keys(shown.query).length > 0
  if (count === 0) return isFiltered ? 'No request matches.' : 'No request yet.'
  const most = count === mostShown ? 'The newest ' : ''
  if (count === 1) return isFiltered ? '1 request matches.' : '1 request.'
  return `${most}${count} requests${isFiltered ? ' match' : ''}.`
}
