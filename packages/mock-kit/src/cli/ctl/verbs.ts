import type { Call } from './client.ts'
import { readInput } from './inputs.ts'

/** Something that a running twin can be told with one call. */
export interface Verb {
  /** Its words, then its arguments. */
  readonly usage: string
  readonly summary: string
  readonly toCall: (args: readonly string[]) => Call | Promise<Call>
}

const get = (path: string): Call => ({ method: 'GET', path })

/** With the argument as the body. */
async function withInput(method: Call['method'], path: string, [input]: readonly string[]): Promise<Call> {
  return input === undefined ? { method, path } : { method, path, body: await readInput(input) }
}

// oxfmt-ignore
export const verbs: readonly Verb[] = [
  { usage: 'health', summary: 'tell whether the twin answers', toCall: () => get('/health') },
  { usage: 'reset', summary: 'forget all that happened', toCall: () => ({ method: 'POST', path: '/reset' }) },
  { usage: 'seed <input>', summary: 'add data', toCall: (args) => withInput('POST', '/seed', args) },
  { usage: 'state', summary: 'take a snapshot', toCall: () => get('/state') },
  { usage: 'state put <input>', summary: 'put a snapshot back', toCall: (args) => withInput('PUT', '/state', args) },
  { usage: 'clock', summary: 'read the clock', toCall: () => get('/clock') },
  { usage: 'clock set <time>', summary: 'set it, as in 2023-04-04T12:53:25Z', toCall: ([now]) => ({ method: 'PUT', path: '/clock', body: { now } }) },
  { usage: 'clock freeze', summary: 'let it stand still', toCall: () => ({ method: 'PUT', path: '/clock', body: { running: false } }) },
  { usage: 'clock run', summary: 'let it run', toCall: () => ({ method: 'PUT', path: '/clock', body: { running: true } }) },
  { usage: 'advance <time>', summary: 'move the clock forward, as in 16m', toCall: ([by]) => ({ method: 'POST', path: '/clock/advance', body: { by } }) },
  { usage: 'random <seed>', summary: 'begin the random sequence anew', toCall: ([seed]) => ({ method: 'PUT', path: '/random', body: { seed } }) },
  { usage: 'faults', summary: 'list the rules of faults with their counts', toCall: () => get('/faults') },
  { usage: 'faults add <input>', summary: 'add a rule, or a list of them', toCall: (args) => withInput('POST', '/faults', args) },
  { usage: 'faults clear [id]', summary: 'remove a rule, or all of them', toCall: ([id]) => ({ method: 'DELETE', path: '/faults', ...(id !== undefined && { query: { id } }) }) },
  { usage: 'requests clear', summary: 'empty the journal', toCall: () => ({ method: 'DELETE', path: '/requests' }) },
  { usage: 'settings', summary: 'read the settings', toCall: () => get('/settings') },
  { usage: 'actions', summary: 'list what only this twin can do', toCall: () => get('/actions') },
  { usage: 'action <name> [input]', summary: 'do it', toCall: ([name = '', ...args]) => withInput('POST', `/actions/${encodeURIComponent(name)}`, args) },
  { usage: 'evidence', summary: "tell what the twin's behaviour is based on", toCall: () => get('/evidence') },
  { usage: 'worlds', summary: 'list the worlds in memory', toCall: () => get('/worlds') },
]
