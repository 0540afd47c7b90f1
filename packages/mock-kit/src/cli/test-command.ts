// The command of the twin of notes, for the tests of the kit.
import { notesDefinition, notesKey, type NotesSettings } from '../test-twin.ts'
import { createTwin, type TwinOptions } from '../twin.ts'
import { parseChoice } from './mock-command.ts'
import { runMockCommand } from './run.ts'

type NotesOptions = TwinOptions & Partial<NotesSettings>

await runMockCommand<NotesOptions>({
  name: 'mock-notes',
  version: '1.2.3',
  summary: 'A twin of a small API of notes.',
  defaultPort: 4090,
  basePath: '/notes',
  flags: [{ name: 'mood', value: 'good|bad', summary: 'the mood', parse: parseChoice('good', 'bad') }],
  example: (baseUrl, curl) => `${curl} -H 'X-Key: ${notesKey}' ${baseUrl}`,
  load: async () => ({
    definition: notesDefinition,
    createMock: (options) =>
      Object.assign(createTwin(notesDefinition, { mood: options.mood ?? 'good' }, options), {
        accounts: [{ key: notesKey, may: 'write' }],
      }),
  }),
})
