import { indentJson } from '../indent-json.ts'
import { byId, element, textBlock, valueOf } from './elements.ts'
import { onSubmit } from './notes.ts'
import { type Schemas, send } from './plane.ts'

type Action = Schemas['ActionList']['actions'][number]

/** @param onAct - told when an action has been carried out */
export function startActions(actions: readonly Action[], onAct: () => void): void {
  const rows = actions.map((action) => showAction(action, onAct))
  byId('actions', HTMLElement).replaceChildren(
    ...(rows.length > 0 ? rows : [element('p', { class: 'muted' }, 'This twin has none.')]),
  )
}

function showAction({ name, summary, input }: Action, onAct: () => void): HTMLElement {
  const noteId = `note-of-${name}`
  const text = element(
    'textarea',
    { name: 'json', rows: '3', spellcheck: 'false', 'aria-label': `Input of ${name}` },
    outline(input),
  )
  const form = element('form', {}, text, element('button', { type: 'submit' }, 'Run'))
  onSubmit(form, noteId, async () => {
    const result = await (
      await send(`POST actions/${encodeURIComponent(name)}`, { body: valueOf(form, 'json') })
    ).text()
    onAct()
    return `Done: ${result}`
  })
  return element(
    'details',
    {},
    element('summary', {}, name),
    element('p', {}, summary),
    form,
    element('p', { class: 'note', role: 'status', id: noteId }),
    element(
      'details',
      {},
      element('summary', {}, 'What it takes'),
      textBlock(`Schema of ${name}`, indentJson(JSON.stringify(input)) ?? ''),
    ),
  )
}

/** The members that an input must have, to be filled in. */
function outline({ required }: Action['input'] & { readonly required?: unknown }): string {
  const names = Array.isArray(required) ? required.map(String) : []
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))
}
