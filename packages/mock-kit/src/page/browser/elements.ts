// Everything on the page is a node or its text: nothing that came over the wire is ever taken for markup.

/** The element of the document with this id. */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`The page has no ${type.name} #${id}.`)
}

type Attributes = Readonly<Record<string, string | undefined>>

/** An element with attributes and children; attributes that are undefined are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value)
  node.append(...children)
  return node
}

export function button(text: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const node = element('button', { type: 'button', ...attributes }, text)
  node.addEventListener('click', onClick)
  return node
}

/** A text that may be long; it scrolls, so it must be reachable by keyboard. */
export function textBlock(label: string, text: string): HTMLPreElement {
  return element('pre', { tabindex: '0', 'aria-label': label }, text)
}

/** The choices of a list, keeping the one that is chosen where it is still there. */
export function setOptions(
  select: HTMLSelectElement,
  options: readonly (readonly [value: string, text: string])[],
): void {
  const { value } = select
  const isSame =
    options.length === select.options.length && options.every(([key], index) => select.options[index]?.value === key)
  if (isSame) return
  select.replaceChildren(...options.map(([key, text]) => element('option', { value: key }, text)))
  if (options.some(([key]) => key === value)) select.value = value
}

/** What a form holds under a name. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value : ''
}
