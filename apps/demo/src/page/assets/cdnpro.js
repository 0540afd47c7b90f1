// What there is at CDN Pro: certificate versions and deployment tasks.

import { byId, element, formatDate, showRow, showTable } from './nodes.js'

/** Both tables: a task is known by what it makes live. */
export async function showCdnPro() {
  await Promise.all([
    showTable('versions', '/api/versions', ({ versions, certificates }) => {
      byId('versions-hint').textContent = tellPart(certificates, 'certificate', 'changed last')
      byId('versions').replaceChildren(...versions.map(showVersion))
    }),
    showTable('tasks', '/api/tasks', ({ tasks, count }) => {
      byId('tasks-hint').textContent = tellPart({ shown: tasks.length, count }, 'deployment task', 'finished last')
      byId('tasks').replaceChildren(...tasks.map(showTask))
    }),
  ])
}

/** How many there are, and which of them are shown where these are not all. */
function tellPart({ shown, count }, noun, which) {
  if (shown < count) return `The ${shown} of ${count} ${noun}s that ${which}.`
  return `${count === 0 ? 'No' : count} ${noun}${count === 1 ? '' : 's'}.`
}

function showVersion(version) {
  const { certificateName, certificateId, dnsNames, serialNumber, inStaging, inProduction } = version
  const places = [inProduction && 'production', inStaging && 'staging'].filter(Boolean)
  const badges = places.map((place) => element('span', { class: 'badge', 'data-place': place }, place))
  return showRow({ isIdle: places.length === 0 }, [
    ['Certificate', element('b', {}, certificateName), element('small', {}, element('code', {}, certificateId))],
    ['Version', String(version.version)],
    ['Live in', ...(badges.length > 0 ? badges : [element('span', { class: 'muted' }, 'nowhere')])],
    ['Expires', showExpiry(version)],
    ['Names', dnsNames.join(', ')],
    ['Serial number', element('code', {}, serialNumber)],
  ])
}

function showExpiry({ expiresInDays: days, expirationTime }) {
  if (expirationTime === '') return '–' // a certificate for client verification tells no time
  const urgency = days < 0 ? 'expired' : days < 30 ? 'soon' : 'later'
  const text = days < 0 ? `expired ${countDays(-days)} ago` : `in ${countDays(days)}`
  return element('time', { datetime: expirationTime, title: formatDate(expirationTime), 'data-urgency': urgency }, text)
}

const countDays = (days) => (days === 1 ? '1 day' : `${days} days`)

function showTask({ id, name, target, status, actions, submittedAt, finishedAt, details }) {
  const isOver = finishedAt !== undefined
  return showRow({ isIdle: isOver }, [
    ['Task', element('b', {}, name ?? 'Without a name'), element('small', {}, element('code', {}, id))],
    ['Target', element('span', { class: 'badge', 'data-place': target }, target)],
    ['Status', element('span', { class: 'badge', 'data-state': status }, status)],
    ['What it does', ...actions.map((action) => element('small', {}, action))],
    ['Submitted', element('time', { datetime: submittedAt }, formatTime(submittedAt))],
    [
      'How it ended',
      isOver ? [details, `after ${countSeconds(submittedAt, finishedAt)}`].filter(Boolean).join(', ') : '–',
    ],
  ])
}

const formatTime = (text) =>
  `${new Date(text).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })} UTC`

function countSeconds(from, to) {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000)
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
