// What all parts of the page are made with. Everything becomes a node or its text; nothing that comes over the wire is ever taken
// for markup.

export const byId = (id) => document.getElementById(id)

/** An element with attributes and children; `undefined` among the attributes is left out. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value)
  node.append(...children)
  return node
}

/** Calls the back end; throws an error with its sentence. */
export async function call(path, body) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
  const response = await fetch(path, body === undefined ? {} : post).catch(() => {
    throw new Error('The back end of the page does not answer. Is it still running?')
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error)
  return answer
}

/** A row of a table that becomes a list on a narrow screen. */
export function showRow({ isIdle }, cells) {
  const row = element('tr', { role: 'row', 'data-idle': isIdle ? '' : undefined })
  for (const [label, ...children] of cells)
    row.append(element('td', { role: 'cell', 'data-label': label }, element('div', {}, ...children)))
  return row
}

export function addExchange(list, { service, method, path, status, durationMs, requestBody, responseBody }) {
  const summary = element(
    'summary',
    {},
    element('span', { class: 'service', 'data-service': service }, service),
    element('code', { class: 'method' }, method),
    element('code', { class: 'path' }, path),
    element('span', { class: 'status', 'data-ok': String(status < 400) }, String(status ?? 'no answer')),
    element('span', { class: 'duration' }, `${durationMs} ms`),
  )
  const bodies = [showBody('Request body', requestBody), showBody('Answer', responseBody)].flat()
  list.append(element('li', {}, element('details', {}, summary, ...bodies)))
}

function showBody(title, text) {
  if (text === '') return [element('p', { class: 'muted' }, `${title}: empty`)]
  // Scrollable, so it must be reachable by keyboard.
  return [element('h4', {}, title), element('pre', { tabindex: '0', 'aria-label': title }, text)]
}

export const formatDate = (text) => new Date(text).toLocaleDateString('en', { dateStyle: 'long', timeZone: 'UTC' })

/**
 * Fills a table from an address of the back end, and the list of the requests behind it; where the table is called `orders`, errors are
 * told in `orders-error`. What nobody wants any more when it comes is left aside.
 */
export async function showTable(name, path, show, isWanted = () => true) {
  byId(`${name}-error`).textContent = ''
  try {
    const answer = await call(path)
    if (!isWanted()) return
    show(answer)
    byId(`${name}-exchanges`).replaceChildren()
    for (const exchange of answer.exchanges) addExchange(byId(`${name}-exchanges`), exchange)
  } catch (error) {
    byId(`${name}-error`).textContent = error.message
  }
}
