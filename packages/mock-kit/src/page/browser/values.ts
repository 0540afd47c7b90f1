import { indentJson } from '../indent-json.ts'
import { button } from './elements.ts'
import { view } from './viewer.ts'

/** What fits a cell. */
const longest = 40

/** A value of a cell; what is too long for it is cut, and a button shows it whole. */
export function showValue(title: string, name: string, value: unknown): Node | string {
  if (value === undefined) return ''
  const text = textOf(name, value)
  if (text.length <= longest && !text.includes('\n')) return text
  const whole = typeof value === 'string' ? value : (indentJson(text) ?? text)
  const cut = `${text.slice(0, longest).replaceAll(/\s+/g, ' ')}…`
  return button(cut, () => view(title, whole), { class: 'cut', 'aria-label': `Show ${title} whole` })
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  // Times are milliseconds in the state, by the ends of their names; people read dates.
  const isTime = typeof value === 'number' && name.endsWith('Ms') && value > 1e11
  return isTime ? new Date(value).toISOString().replace('.000Z', 'Z') : JSON.stringify(value)
}
