import { toCurl } from '../../journal/curl.ts'
import { indentJson } from '../indent-json.ts'
import { button, element, textBlock } from './elements.ts'
import { say } from './notes.ts'
import type { Schemas } from './plane.ts'

type Entry = Schemas['JournalEntry']
type Message = Schemas['Message']

/** A line of the list, which opens to all that is known of the request; that is built when it is opened. */
export function showEntry(entry: Entry): HTMLLIElement {
  const details = element('details', {}, showSummary(entry))
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1) details.append(showDetails(entry))
  })
  return element('li', { 'data-id': String(entry.id) }, details)
}

function showSummary(entry: Entry): HTMLElement {
  const { method, url, status, durationMs, operation, account, diagnosis, fault } = entry
  const facts: (HTMLElement | undefined)[] = [
    element('span', {}, operation ?? 'no operation'),
    account === undefined ? undefined : element('span', { class: 'account' }, account),
    diagnosis === undefined ? undefined : element('span', { class: 'diagnosis' }, diagnosis),
    fault === undefined
      ? undefined
      : element('span', { class: 'badge', 'data-kind': 'wait' }, `${fault.rule}: ${fault.kind}`),
  ]
  return element(
    'summary',
    {},
    element('time', { datetime: isoOf(entry), title: isoOf(entry) }, isoOf(entry).slice(11, 19)),
    element('code', { class: 'method' }, method),
    element('code', { class: 'path', title: url }, pathOf(url)),
    element(
      'b',
      { class: 'status', 'data-class': String(Math.floor(status / 100)) },
      status === 0 ? 'none' : String(status),
    ),
    element('span', { class: 'duration' }, `${durationMs.toFixed(1)} ms`),
    element('span', { class: 'facts' }, ...facts.filter((fact) => fact !== undefined)),
  )
}

function showDetails(entry: Entry): HTMLElement {
  const { url, diagnosis, fault, request, response, status } = entry
  const curl = toCurl({
    ...entry,
    request: { ...request, headers: request.headers.map(toPair), body: request.body ?? '' },
  })
  return element(
    'div',
    { class: 'entry' },
    showFacts([
      ['URL', url],
      ['Came at', isoOf(entry)],
      ['Diagnosis', diagnosis ?? 'none'],
      [
        'Fault',
        fault === undefined
          ? 'none'
          : `${fault.rule}: ${fault.kind}${fault.injected ? ', the answer is injected' : ''}`,
      ],
    ]),
    ...showMessage('Request', request),
    ...(status === 0
      ? [element('h3', {}, 'Answer'), element('p', { class: 'muted' }, 'none was sent')]
      : showMessage('Answer', response)),
    element(
      'div',
      { class: 'card-head' },
      element('h3', {}, 'curl'),
      button('Copy as curl', () => void copy(curl)),
    ),
    textBlock('curl', curl),
  )
}

function showMessage(title: string, message: Message): HTMLElement[] {
  const headers = message.headers.map(toPair)
  return [
    element('h3', {}, title),
    headers.length === 0 ? element('p', { class: 'muted' }, 'no headers') : showFacts(headers),
    message.body === undefined
      ? element('p', { class: 'muted' }, 'no body')
      : textBlock(`Body of the ${title.toLowerCase()}`, bodyOf(message)),
  ]
}

function showFacts(facts: readonly (readonly [string, string])[]): HTMLElement {
  return element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]))
}

function bodyOf({ body = '', encoding }: Message): string {
  return encoding === undefined ? (indentJson(body) ?? body) : `Base64: ${body}`
}

async function copy(text: string): Promise<void> {
  try {
    // Pages that came over bare http from another machine have no clipboard; the text stands there to be selected.
    await navigator.clipboard.writeText(text)
    say('requests-note', 'Copied.')
  } catch {
    say('requests-note', 'The browser does not let the page copy: select the text.', true)
  }
}

function toPair([name = '', value = '']: readonly (string | undefined)[]): readonly [string, string] {
  return [name, value]
}

function isoOf({ startedMs }: Entry): string {
  return new Date(startedMs).toISOString()
}

function pathOf(url: string): string {
  return URL.canParse(url) ? url.slice(new URL(url).origin.length) : url
}
