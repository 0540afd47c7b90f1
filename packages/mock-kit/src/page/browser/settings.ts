import { indentJson } from '../indent-json.ts'
import { byId, valueOf } from './elements.ts'
import { attempt, onSubmit } from './notes.ts'
import { send } from './plane.ts'

const form = (): HTMLFormElement => byId('settings', HTMLFormElement)

function show(json: string): void {
  form().querySelector('textarea')!.value = indentJson(json) ?? json
}

export function showSettings(): Promise<void> {
  return attempt('settings-note', async () => {
    show(await (await send('GET settings')).text())
  })
}

export function startSettings(): void {
  onSubmit(form(), 'settings-note', async () => {
    show(await (await send('PUT settings', { body: valueOf(form(), 'json') })).text())
    return 'Saved.'
  })
}
