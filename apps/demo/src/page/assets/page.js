// The page in the browser: it shows what the back end tells and holds no state but the run that is watched.

import { showCdnPro } from './cdnpro.js'
import { addExchange, byId, call, element, formatDate, showRow, showTable } from './nodes.js'

// The form

const form = byId('run-form')

function fillForm() {
  const choice = form.querySelector('input[name=order]:checked')
  byId('other-order').hidden = choice.value !== ''
  if (choice.value !== '') void showOrder(choice.value)
  form.elements.commonName.value = choice.dataset.commonName ?? ''
  form.elements.dnsNames.value = choice.dataset.dnsNames ?? ''
}

function readForm() {
  const data = new FormData(form)
  return {
    orderId: Number(data.get('order') || data.get('orderId')),
    commonName: data.get('commonName').trim(),
    dnsNames: data
      .get('dnsNames')
      .split(/[\s,]+/)
      .filter(Boolean),
    signatureHash: data.get('signatureHash'),
    targets: data.getAll('target'),
  }
}

async function startRun() {
  const button = form.querySelector('button[type=submit]')
  byId('form-error').textContent = ''
  button.disabled = true // a second click would request a second duplicate
  try {
    watch(await call('/api/runs', readForm()))
    byId('run-title').focus()
  } catch (error) {
    byId('form-error').textContent = error.message
  } finally {
    button.disabled = false
  }
}

// A run

let source

/** Shows a run and follows it, from its first event on. */
function watch(run) {
  source?.close()
  byId('exchanges').replaceChildren()
  showRun(run)
  void showRuns(run.id)
  void showOrder(run.receipt.orderId)
  source = new EventSource(`/api/runs/${run.id}/events`)
  source.addEventListener('run', (event) => showRun(JSON.parse(event.data).run))
  source.addEventListener('exchange', (event) => addExchange(byId('exchanges'), JSON.parse(event.data).exchange))
  source.addEventListener('open', () => byId('run-connection').replaceChildren())
  source.addEventListener('error', () => {
    const sentence = 'The back end of the page does not answer. What is shown here may be out of date.'
    byId('run-connection').textContent = sentence
  })
  source.addEventListener('end', () => {
    source.close()
    void showRuns(run.id)
    void showOrder(run.receipt.orderId)
    void showCdnPro()
  })
}

function showRun(run) {
  byId('run-title').textContent = `Run ${run.id}: ${run.commonName}`
  const state = byId('run-state')
  state.hidden = false
  state.textContent = run.state
  state.dataset.state = run.state
  if (byId('run-message').textContent !== run.message) byId('run-message').textContent = run.message
  byId('steps').replaceChildren(...run.steps.map((step) => showStep(run, step)))
  showReceipt(run)
}

function showStep(run, { step, title, state, text }) {
  const waits = step === 'approval' && run.state === 'waiting'
  return element(
    'li',
    { 'data-state': state, 'aria-current': state === 'running' ? 'step' : undefined },
    element('div', { class: 'step-head' }, element('b', {}, title), element('span', { class: 'step-state' }, state)),
    ...(text === '' ? [] : [element('p', {}, text)]),
    ...(waits ? [showDecision(run)] : []),
  )
}

function showDecision(run) {
  const error = element('p', { class: 'error', role: 'alert' })
  const decide = async (decision) => {
    try {
      byId('run-title').focus() // the buttons are about to go
      await call(`/api/runs/${run.id}/decision`, { decision })
    } catch (failure) {
      error.textContent = failure.message
    }
  }
  const approve = element('button', { type: 'button', class: 'primary' }, 'Approve')
  const reject = element('button', { type: 'button' }, 'Reject')
  approve.addEventListener('click', () => decide('approve'))
  reject.addEventListener('click', () => decide('reject'))
  return element('div', { class: 'decision' }, approve, reject, error)
}

function showReceipt({ receipt }) {
  const { orderId, requestId, duplicate, uploaded, deployments } = receipt
  const lines = [
    ['Order', orderId],
    ['Request', requestId],
    ['Certificate', duplicate?.certificateId],
    ['Names', duplicate?.dnsNames.join(', ')],
    ['Serial number', duplicate?.serialNumber],
    ['SHA-256', duplicate?.fingerprintSha256],
    ['Valid until', duplicate && formatDate(duplicate.expirationTime)],
    ['At CDN Pro', uploaded && `${uploaded.certificateId}, version ${uploaded.version}`],
    ...deployments.map(({ target, taskId }) => [`In ${target}`, `verified, task ${taskId}`]),
  ]
  const known = lines.filter(([, value]) => value !== undefined)
  byId('receipt-part').hidden = known.length < 2
  byId('receipt').replaceChildren(
    ...known.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, String(value))]),
  )
}

async function showRuns(watchedId) {
  const runs = await call('/api/runs')
  byId('runs-part').hidden = runs.length < 2
  byId('runs').replaceChildren(...runs.toReversed().map((run) => element('li', {}, showRunButton(run, watchedId))))
}

function showRunButton(run, watchedId) {
  const current = run.id === watchedId ? 'true' : undefined
  const button = element('button', { type: 'button', 'aria-current': current }, `${run.id}: ${run.commonName} `)
  button.append(element('span', { class: 'badge', 'data-state': run.state }, run.state))
  button.addEventListener('click', () => {
    watch(run)
    byId('run-title').focus()
  })
  return button
}

// The order

let shownOrder

async function showOrder(id) {
  shownOrder = String(id)
  const show = ({ order }) => {
    const duplicates = order.certificates.length - 1
    const count = duplicates === 1 ? '1 duplicate' : `${duplicates || 'no'} duplicates`
    const owner = order.organization === undefined ? '' : ` of ${order.organization}`
    byId('order-hint').textContent = `Order ${order.id}${owner}: ${order.product}, ${count}.`
    byId('order-state').hidden = false
    byId('order-state').textContent = order.status
    byId('order-certificates').replaceChildren(...order.certificates.map(showCertificate))
  }
  await showTable('order', `/api/orders/${id}`, show, () => shownOrder === String(id))
}

function showCertificate({ id, place, status, names, validTill, serialNumber }) {
  const isIssued = serialNumber !== undefined
  const title = place === 'primary' ? 'Primary' : `Duplicate ${place}`
  return showRow({ isIdle: !isIssued }, [
    [
      'Certificate',
      element('b', {}, title),
      element('small', {}, element('code', {}, id === 0 ? 'to come' : String(id))),
    ],
    ['Status', element('span', { class: 'badge' }, status)],
    ['Valid until', isIssued ? element('time', { datetime: validTill }, formatDate(validTill)) : '–'],
    ['Names', names.join(', ')],
    ['Serial number', element('code', {}, serialNumber ?? '–')],
  ])
}

// Beginning

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void startRun()
})
for (const choice of form.querySelectorAll('input[name=order]')) choice.addEventListener('change', fillForm)
byId('refresh').addEventListener('click', showCdnPro)
fillForm()
void showCdnPro()
const latest = (await call('/api/runs')).at(-1)
if (latest !== undefined) watch(latest)
