import { byId, element } from './elements.ts'
import { attempt, onPress } from './notes.ts'
import { ask, type Schemas } from './plane.ts'
import { showValue } from './values.ts'

type Row = readonly [key: string | number, entity: Readonly<Record<string, unknown>>]
type Snapshot = Omit<Schemas['Snapshot'], 'tables'> & { readonly tables: Readonly<Record<string, readonly Row[]>> }

/** More rows would only make the page slow. */
const mostShown = 200

/** A table on the page, with the rows that it shows by their JSON. */
interface ShownTable {
  readonly details: HTMLDetailsElement
  readonly count: HTMLElement
  rows: readonly Row[]
  columns: string
  readonly shown: Map<string, { readonly json: string; readonly row: HTMLTableRowElement }>
}

const tables = new Map<string, ShownTable>()

/** Reads the state, and changes on the page what has changed in it. */
export function showState(): Promise<void> {
  return attempt('state-note', async () => {
    const snapshot = await ask<Snapshot>('GET state')
    for (const [name, { details }] of tables) {
      if (name in snapshot.tables) continue
      details.remove()
      tables.delete(name)
    }
    for (const [name, rows] of Object.entries(snapshot.tables)) update(tableOf(name), rows)
  })
}

function tableOf(name: string): ShownTable {
  const known = tables.get(name)
  if (known !== undefined) return known
  const count = element('span', { class: 'badge' })
  const details = element(
    'details',
    { class: 'table', 'data-name': name },
    element('summary', {}, element('b', {}, name), ' ', count),
  )
  const table: ShownTable = { details, count, rows: [], columns: '', shown: new Map() }
  details.addEventListener('toggle', () => update(table, table.rows))
  byId('tables', HTMLElement).append(details)
  tables.set(name, table)
  return table
}

/** Closed tables have no rows on the page. */
function update(table: ShownTable, rows: readonly Row[]): void {
  table.rows = rows
  table.count.textContent = String(rows.length)
  if (!table.details.open) return
  const newest = rows.slice(-mostShown)
  const columns = [...new Set(newest.flatMap(([, entity]) => Object.keys(entity)))]
  if (columns.join() !== table.columns || table.shown.size === 0) buildTable(table, columns)
  const body = table.details.querySelector('tbody')
  if (body !== null) updateRows(table, body, newest, columns)
  const left = rows.length - newest.length
  table.details.querySelector('.left')!.textContent = left > 0 ? `${left} earlier rows are not shown.` : ''
}

function buildTable(table: ShownTable, columns: readonly string[]): void {
  table.columns = columns.join()
  table.shown.clear()
  const name = table.details.querySelector('b')!.textContent
  const head = ['key', ...columns].map((column) => element('th', { scope: 'col' }, column))
  const grid = element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody'))
  table.details.querySelector('.rows')?.remove()
  table.details.append(
    element(
      'div',
      { class: 'rows' },
      element('p', { class: 'muted left' }),
      element('div', { class: 'sideways', tabindex: '0', role: 'region', 'aria-label': `Table ${name}` }, grid),
    ),
  )
}

/** Rows that have not changed are kept: a focus in them, or a selection, stays. */
function updateRows({ shown }: ShownTable, body: HTMLElement, rows: readonly Row[], columns: readonly string[]): void {
  const keys = new Set(rows.map(([key]) => String(key)))
  for (const [key, { row }] of shown) {
    if (keys.has(key)) continue
    row.remove()
    shown.delete(key)
  }
  rows.forEach(([key, entity], index) => {
    const json = JSON.stringify(entity)
    const known = shown.get(String(key))
    const row = known?.json === json ? known.row : showRow(key, entity, columns)
    if (known !== undefined && known.row !== row) known.row.replaceWith(row)
    if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null)
    shown.set(String(key), { json, row })
  })
}

function showRow(key: string | number, entity: Row[1], columns: readonly string[]): HTMLTableRowElement {
  const cells = columns.map((column) => element('td', {}, showValue(`${column} of ${key}`, column, entity[column])))
  return element('tr', {}, element('th', { scope: 'row' }, String(key)), ...cells)
}

export function startState(): void {
  onPress('refresh-state', 'state-note', showState)
}
