// The page in the browser: it shows what the control plane tells, and holds no state but what it is showing.
import { startActions } from './actions.ts'
import { showClock, startClock } from './clock.ts'
import { byId, element, setOptions } from './elements.ts'
import { showFaults, startFaults } from './faults.ts'
import { attempt, onPress } from './notes.ts'
import { atMostOnceASecond } from './pace.ts'
import { ask, currentWorld, enterWorld, type Schemas, send } from './plane.ts'
import { reloadRequests, showRequests, startRequests } from './requests.ts'
import { showSettings, startSettings } from './settings.ts'
import { showState, startState } from './state.ts'
import { startViewer } from './viewer.ts'

const refresh = atMostOnceASecond(async () => {
  await showClock()
  await showFaults()
  await showState()
  await showWorlds()
})

async function showWorlds(): Promise<void> {
  const { worlds } = await ask<Schemas['WorldList']>('GET worlds')
  const select = byId('world', HTMLSelectElement)
  setOptions(
    select,
    [...new Set([...worlds, currentWorld()])].map((name) => [name, name] as const),
  )
  select.value = currentWorld()
}

/** Everything that belongs to a world. */
function showWorld(): void {
  showRequests(refresh)
  void showSettings()
  refresh()
}

function startWorlds(): void {
  const select = byId('world', HTMLSelectElement)
  select.addEventListener('change', () => {
    enterWorld(select.value)
    showWorld()
  })
  onPress('reset', 'twin-note', async () => {
    if (!confirm(`Forget all that happened in the world ${currentWorld()}?`)) return undefined
    await send('POST reset')
    reloadRequests()
    refresh()
    return 'The world is as at its start.'
  })
}

async function start(): Promise<void> {
  const { twin, version } = await ask<Schemas['Health']>('GET health')
  document.title = twin
  byId('twin-name', HTMLElement).replaceChildren(twin, ' ', element('small', { class: 'muted' }, version))
  const evidence = await ask<Schemas['Evidence']>('GET evidence')
  const operations = evidence.operations.map(({ id }) => id)
  const { actions } = await ask<Schemas['ActionList']>('GET actions')
  startRequests(operations)
  startFaults(operations)
  startActions(actions, refresh)
  startClock(refresh)
  startSettings()
  startState()
  startViewer()
  startWorlds()
  showWorld()
}

await attempt('twin-note', start)
