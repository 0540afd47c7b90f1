import { button, byId, element, setOptions, valueOf } from './elements.ts'
import { attempt, onSubmit } from './notes.ts'
import { ask, type Schemas, send } from './plane.ts'

type Fault = Schemas['FaultStatus']

/** What each kind does, in the order in which they are offered. */
const kinds: Readonly<Record<Fault['kind'], string>> = {
  error: 'an error of the document',
  delay: 'a delay',
  'slow-body': 'a slow body',
  'truncated-body': 'a truncated body',
  'broken-json': 'broken JSON',
  'wrong-content-type': 'a wrong content type',
  reset: 'a reset connection',
  silence: 'silence',
}

const numbers = new Set(['status', 'bytes', 'first', 'after', 'every', 'probability'])

export function showFaults(): Promise<void> {
  return attempt('faults-note', load)
}

async function load(): Promise<void> {
  show((await ask<Schemas['FaultList']>('GET faults')).faults)
}

/** Rows that stay are kept, so that whoever is about to press a button does not lose it. */
function show(faults: readonly Fault[]): void {
  const list = byId('faults', HTMLUListElement)
  const before = new Map(Array.from(list.children, (row) => [row.getAttribute('data-id'), row]))
  const rows = faults.map((fault) => {
    const row = before.get(fault.id) ?? showFault(fault)
    row.querySelector('.counts')!.textContent = `${fault.hits} of ${fault.calls}`
    return row
  })
  const shown = rows.length > 0 ? rows : [none]
  const isSame = shown.length === list.children.length && shown.every((row, index) => row === list.children[index])
  if (!isSame) list.replaceChildren(...shown)
}

const none = element('li', { class: 'muted' }, 'None is in force.')

function showFault(fault: Fault): HTMLLIElement {
  const { id, kind, operation, calls: _calls, hits: _hits, ...rest } = fault
  const where = operation === undefined ? 'every request' : [operation].flat().join(', ')
  const numbersOf = Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`)
  return element(
    'li',
    { 'data-id': id },
    element(
      'div',
      {},
      element('b', {}, `${id}: ${kind}`),
      element('span', {}, [where, ...numbersOf].join(', ')),
      element('span', { class: 'muted' }, 'acted on ', element('span', { class: 'counts' }), ' calls'),
    ),
    button('Remove', () => void remove(id), { 'aria-label': `Remove ${id}` }),
  )
}

function remove(id: string): Promise<void> {
  byId('faults-title', HTMLElement).focus() // the button is about to go
  return attempt('faults-note', async () => {
    await send('DELETE faults', { query: { id } })
    await load()
    return `${id} is removed.`
  })
}

export function startFaults(operations: readonly string[]): void {
  const form = byId('add-fault', HTMLFormElement)
  const [kind, operation] = form.querySelectorAll('select')
  setOptions(kind!, Object.entries(kinds))
  setOptions(operation!, [['', 'every request'], ...operations.map((id) => [id, id] as const)])
  const fit = (): void => {
    for (const field of form.querySelectorAll<HTMLElement>('[data-kinds]'))
      field.hidden = field.dataset['kinds'] !== '' && !field.dataset['kinds']!.split(' ').includes(kind!.value)
  }
  kind!.addEventListener('change', fit)
  fit()
  onSubmit(form, 'faults-note', async () => {
    const { faults } = await ask<Schemas['FaultList']>('POST faults', { body: JSON.stringify(readRule(form)) })
    await load()
    return `${faults.map(({ id }) => id).join(', ')} is in force.`
  })
}

/** What the shown fields hold. What is no number goes as text: the plane says what is wrong with it. */
function readRule(form: HTMLFormElement): object {
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')]
  const given = fields.filter((field) => field.closest<HTMLElement>('.field')?.hidden === false)
  const members = given.map(({ name }) => [name, valueOf(form, name).trim()] as const).filter(([, text]) => text !== '')
  return Object.fromEntries(
    members.map(([name, text]) => [name, numbers.has(name) && isNumber(text) ? Number(text) : text]),
  )
}

function isNumber(text: string): boolean {
  return /^-?\d+(?:\.\d+)?$/.test(text)
}
