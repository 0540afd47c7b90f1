// A twin of a small API of notes, for the tests of the kit.
import { Hono } from 'hono'
import { answer, answerJson } from './answer.ts'
import { createManualClock, type TwinClock } from './clock.ts'
import { ControlError, type TwinBindings, type TwinDefinition } from './definition.ts'
import { Table } from './state/table.ts'
import { createTwin, type Twin, type TwinOptions } from './twin.ts'
import { isRecord } from './body.ts'
import type { Validator } from './validation.ts'
import { defaultWorld, type World } from './world.ts'

export interface Note {
  readonly id: string
  readonly text: string
  readonly writtenMs: number
}

export interface NotesSettings {
  readonly mood: 'good' | 'bad'
}

type NotesState = Readonly<{ notes: Table<string, Note>; keys: Table<string, { readonly key: string }> }>
type NotesWorld = World<NotesState, NotesSettings>

/** The key that the tests call with; followed by `.name` it opens the world of that name. */
export const notesKey = 'notes-key-of-the-tests'

const app = new Hono<{ Bindings: TwinBindings<NotesWorld> }>()

app.use(async ({ env: { world, exchange }, req }, next) => {
  const key = req.header('x-key') ?? ''
  const isKnown = world.state.keys.has(world.name === defaultWorld ? key : key.replace(`.${world.name}`, ''))
  exchange.account = isKnown ? 'writer' : undefined
  if (!isKnown) exchange.diagnosis = 'key-unknown'
  if (isKnown) await next()
  return isKnown ? undefined : answerJson({ env: { exchange } }, { error: 'Who are you?' }, 401)
})

app.get('/notes', (context) => {
  const { world } = context.env
  return answerJson(context, { mood: world.settings.mood, notes: [...world.state.notes.values()] })
})

app.post('/notes', (context) => {
  const { world, exchange } = context.env
  if (exchange.body.tooLarge) return answerJson(context, { error: 'Too large.' }, 413)
  if (exchange.body.text === 'break') throw new Error('The twin is broken.')
  const id = world.random.hex(4)
  world.state.notes.set(id, { id, text: exchange.body.text, writtenMs: world.clock.now() })
  exchange.diagnosis = 'noted'
  return answerJson(context, { id }, 201, { Location: new URL(`/notes/${id}`, context.req.url).href })
})

app.delete('/notes', (context) => {
  context.env.world.state.notes.clear()
  return answer(context, null, 204)
})

app.onError((error, context) => {
  context.env.exchange.failure = error
  return answerJson(context, { error: 'Sorry.' }, 500)
})
app.notFound((context) => answerJson(context, { error: 'There is nothing here.' }, 404))

/** Validators of the tests, written by hand: an object whose members pass. */
function members(rules: Readonly<Record<string, (value: unknown) => boolean>>): Validator {
  const validate: Validator = (value) => {
    const unknown = isRecord(value) ? Object.keys(value).find((name) => rules[name]?.(value[name]) !== true) : ''
    validate.errors =
      unknown === undefined
        ? null
        : [{ keyword: 'enum', instancePath: `/${unknown}`, params: { allowedValues: ['…'] } }]
    return unknown === undefined
  }
  return validate
}

export const notesDefinition: TwinDefinition<NotesState, NotesSettings> = {
  name: 'mock-notes',
  version: '1.2.3',
  app,
  operations: [
    { id: 'listNotes', method: 'GET', path: '/notes' },
    { id: 'addNote', method: 'POST', path: '/notes' },
    { id: 'clearNotes', method: 'DELETE', path: '/notes' },
  ],
  answersHead: true,
  headerNames: ['Content-Type', 'Date', 'Location'],
  headers: { 'x-always': 'yes' },
  secrets: { headers: ['x-key'] },
  hosts: ['notes.example'],
  errors: {
    listNotes: [
      { status: 401, message: 'Who are you?' },
      { status: 429, code: 'slow_down', message: 'Slow down.' },
    ],
    addNote: [
      { status: 400, code: 'invalid|<member>', message: 'The member <member> is invalid.' },
      { status: 429, code: 'slow_down', message: 'Slow down.' },
      { status: 503, code: 'closed', message: 'Closed.' },
    ],
    clearNotes: [{ status: 503, code: 'closed', message: 'Closed.' }],
  },
  toErrorBody: ({ code, message }) => ({ code, error: message }),
  worldOf: (headers, { keys }, stateOf) => {
    const [key = '', suffix] = (headers.get('x-key') ?? '').split('.')
    if (suffix === undefined) return defaultWorld
    return keys.has(key) || stateOf(suffix)?.keys.has(key) ? suffix : defaultWorld
  },
  validateSettings: members({ mood: (value) => value === 'good' || value === 'bad' }),
  rateWindows: () => [],
  createState: () => ({
    notes: new Table(),
    keys: new Table([[notesKey, { key: notesKey }]], { secret: true }),
  }),
  tables: (state) => state,
  validateSeed: members({ notes: Array.isArray, keys: Array.isArray }),
  plant: ({ state, clock }, { notes = [], keys = [] }) => {
    for (const key of keys as string[]) state.keys.set(key, { key })
    for (const text of notes as string[]) {
      if (text === '') throw new ControlError('There is no empty note.')
      state.notes.set(text, { id: text, text, writtenMs: clock.now() })
    }
  },
  actions: {
    'burn-note': {
      summary: 'Burns a note.',
      input: { type: 'object', properties: { id: { type: 'string' } } },
      validate: members({ id: (value) => typeof value === 'string' }),
      run: ({ state }, { id }) => {
        if (!state.notes.delete(String(id))) throw new ControlError(`There is no note ${String(id)}.`)
        return { burnt: id }
      },
    },
  },
  evidence: async () => ({ operations: [{ id: 'listNotes', evidence: 'assumed', statements: [] }] }),
}

/** A twin of notes on a clock that stands still, and a way to call it. */
export interface NotesSetup {
  readonly twin: Twin<NotesSettings>
  readonly clock: TwinClock
  readonly list: (key?: string) => Promise<Response>
  readonly add: (text: string, key?: string) => Promise<Response>
}

export const notesUrl = 'https://notes.example/notes'

export function setupNotes(options: TwinOptions = {}): NotesSetup {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const twin = createTwin(notesDefinition, { mood: 'good' }, { clock, seed: 'tests', ...options })
  return {
    twin,
    clock,
    list: (key = notesKey) => twin.fetch(new Request(notesUrl, { headers: { 'X-Key': key } })),
    add: (text, key = notesKey) =>
      twin.fetch(new Request(notesUrl, { method: 'POST', headers: { 'X-Key': key }, body: text })),
  }
}
