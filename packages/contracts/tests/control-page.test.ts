import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { useBrowser } from './control-page-browser.ts'
import { twinsToServe } from './control-twins.ts'

// The page of the control plane in a real browser: what it shows, and what can be done there.

const open = useBrowser()
const timeout = 60_000

describe.each(twinsToServe)('the page of the $name twin', { timeout }, (twin) => {
  it('shows requests as they come, the newest first', async () => {
    const { page, lines, read, miss, write, readOperation, writeOperation, troubles } = await open(twin)
    await page.getByText('No request yet.').waitFor()
    await read()
    await lines.nth(0).waitFor()
    await write('first')
    await miss()
    await lines.nth(2).waitFor()
    const texts = await lines.allTextContents()
    expect(texts[0]).toMatch(new RegExp(`^12:53:25GET/.*404.* ms${readOperation}`))
    expect(texts[1]).toMatch(new RegExp(`^12:53:25POST/.*201.* ms${writeOperation}`))
    expect(texts[2]).toMatch(new RegExp(`^12:53:25GET/.*200.* ms${readOperation}`))
    expect(await lines.nth(0).locator('.diagnosis').textContent()).toMatch(/unknown/)
    expect(await lines.nth(2).locator('.account').textContent()).toMatch(/^(?:125039|example_username)$/)
    await page.getByText('3 requests.').waitFor()
    expect(troubles).toEqual([])
  })

  it('shows what came before it was opened', async () => {
    const { page, lines, read, troubles } = await open(twin)
    for (let count = 0; count < 3; count++) await read()
    await page.reload()
    await lines.nth(2).waitFor()
    expect(await lines.first().getAttribute('data-id')).toBe('3')
    expect(troubles).toEqual([])
  })

  it('opens a request to its headers, bodies, diagnosis and curl command', async () => {
    const {
      page,
      lines,
      write,
      twin: mock,
      troubles,
    } = await open(twin, {
      browser: { permissions: ['clipboard-read', 'clipboard-write'] },
    })
    await write('to be "read"')
    await lines.first().locator('summary').click()
    const request = lines.first().getByLabel('Body of the request')
    expect(await request.textContent()).toMatch(/^\{\n {2}"[\s\S]*to be \\"read\\""/)
    expect(await lines.first().locator('dd', { hasText: '***' }).count()).toBe(1)
    const response = await fetch(`${page.url().split('?')[0]}requests?as=curl`)
    const line = (await response.text()).trimEnd()
    expect(await lines.first().getByLabel('curl', { exact: true }).textContent()).toBe(line)
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied.').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(line)
    expect(mock.requests).toHaveLength(1)
    expect(troubles).toEqual([])
  })

  it('leaves what is being read where it is when more requests come', async () => {
    const { page, lines, read } = await open(twin)
    await read()
    await lines.first().locator('summary').click()
    const opened = page.locator('[data-id="1"] summary')
    const before = await opened.boundingBox()
    for (let count = 0; count < 3; count++) await read()
    await lines.nth(3).waitFor()
    const after = await opened.boundingBox()
    expect(Math.abs(after!.y - before!.y)).toBeLessThan(2) // scrolling knows whole pixels only
  })

  it('filters by operation and status, also what comes live', async () => {
    const { page, lines, read, miss, write, readOperation, writeOperation, troubles } = await open(twin)
    const filters = page.locator('#filters')
    await read()
    await miss()
    await write('one')
    await lines.nth(2).waitFor()
    await filters.getByLabel('Operation').selectOption(writeOperation)
    await page.getByText('1 request matches.').waitFor()
    await filters.getByLabel('Operation').selectOption(readOperation)
    await filters.getByRole('textbox', { name: 'Status' }).fill('4xx')
    await filters.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('1 request matches.').waitFor()
    await read()
    await miss()
    await page.getByText('2 requests match.').waitFor()
    expect(await lines.locator('.status').allTextContents()).toEqual(['404', '404'])
    await filters.getByRole('textbox', { name: 'Status' }).fill('500')
    await filters.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('No request matches.').waitFor()
    expect(troubles).toEqual([])
    await filters.getByRole('textbox', { name: 'Status' }).fill('many')
    await filters.getByRole('button', { name: 'Filter' }).click()
    await page.getByText('many is no status: write 429, or 4xx for a class, or 0 for no answer.').waitFor()
  })

  it('empties the journal, and saves it as HAR', async () => {
    const { page, lines, read, twin: mock, troubles } = await open(twin)
    await read()
    await lines.first().waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'HAR' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe('requests.har')
    const archive = JSON.parse(readFileSync(await saved.path(), 'utf8')) as { log: { entries: unknown[] } }
    expect(archive.log.entries).toHaveLength(1)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByText('No request yet.').waitFor()
    expect(await lines.count()).toBe(0)
    expect(mock.requests).toEqual([])
    expect(troubles).toEqual([])
  })

  it('moves the clock, freezes it and lets it run', async () => {
    const { page, clock, troubles } = await open(twin)
    const now = page.locator('#clock-now')
    await now.getByText('2023-04-04 12:53:25 UTC').waitFor()
    await page.getByRole('button', { name: 'Advance' }).click()
    await now.getByText('2023-04-04 13:09:25 UTC').waitFor()
    expect(clock.now()).toBe(Date.parse('2023-04-04T13:09:25Z'))
    await page.getByLabel('Set to').fill('2030-01-01T00:00:00Z')
    await page.getByRole('button', { name: 'Set', exact: true }).click()
    await now.getByText('2030-01-01 00:00:00 UTC').waitFor()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.locator('#clock-state').getByText('running').waitFor()
    expect(clock.running).toBe(true)
    await page.getByRole('button', { name: 'Freeze' }).click()
    await page.locator('#clock-state').getByText('frozen').waitFor()
    expect(troubles).toEqual([])
    await page.getByLabel('Advance by').fill('soon')
    await page.getByRole('button', { name: 'Advance' }).click()
    await page.getByText('"soon" is no length of time: write 500ms, 30s, 16m, 2h or 1d.').waitFor()
  })

  it('adds a fault that acts on the next request, shows its counts, and removes it', async () => {
    const { page, lines, read, twin: mock, readOperation, troubles } = await open(twin)
    await page.getByText('None is in force.').waitFor()
    await page.getByText('Add a fault').click()
    const form = page.locator('#add-fault')
    expect(await form.getByLabel('Bytes').isVisible()).toBe(false)
    await form.getByLabel('Operation').selectOption(readOperation)
    await form.getByRole('textbox', { name: 'Status' }).fill('429')
    await form.getByLabel('First calls').fill('1')
    await form.getByRole('button', { name: 'Add' }).click()
    await page.getByText('f1 is in force.').waitFor()
    expect(mock.faults.list()).toEqual([
      { id: 'f1', kind: 'error', operation: readOperation, status: 429, first: 1, calls: 0, hits: 0 },
    ])
    await read()
    await read()
    await lines.nth(1).waitFor()
    expect(await lines.locator('.status').allTextContents()).toEqual(['200', '429'])
    expect(await lines.nth(1).locator('.badge').textContent()).toBe('f1: error')
    await page.getByText('acted on 1 of 2 calls').waitFor()
    await page.getByRole('button', { name: 'Remove f1' }).click()
    await page.getByText('None is in force.').waitFor()
    expect(mock.faults.list()).toEqual([])
    expect(troubles).toEqual([])
  })

  it('shows why a fault is refused, as the plane says it', async () => {
    const { page, twin: mock } = await open(twin)
    await page.getByText('Add a fault').click()
    const form = page.locator('#add-fault')
    await form.getByRole('button', { name: 'Add' }).click()
    await page.getByText('A fault of the kind error needs a status or a code of the document.').waitFor()
    await form.getByLabel('Kind').selectOption('slow-body')
    await form.getByLabel('Bytes').fill('few')
    await form.getByRole('button', { name: 'Add' }).click()
    await page.getByText('A fault cannot be read: bytes must be of the type integer.').waitFor()
    expect(mock.faults.list()).toEqual([])
  })

  it('shows the state as tables, keeps them up to date, and long values whole on request', async () => {
    const { page, write, twin: mock, troubles } = await open(twin)
    const name = twin.name === 'DigiCert' ? 'requests' : 'certificates'
    const table = page.locator('.table', { has: page.locator('summary', { hasText: name }) })
    await table.locator('summary').click()
    const rows = table.locator('tbody tr')
    const before = mock.snapshot().tables[name]!.length
    await rows.nth(before - 1).waitFor()
    await write('one more')
    await rows.nth(before).waitFor()
    expect(await table.locator('.badge').textContent()).toBe(String(before + 1))
    const cut = table.getByRole('button', { name: /^Show .* whole$/ }).first()
    expect(await cut.textContent()).toMatch(/^.{40}…$/)
    await cut.click()
    expect(JSON.parse(await page.locator('#viewer-text').innerText())).toBeTypeOf('object')
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await page.locator('#viewer').isVisible()).toBe(false)
    expect(troubles).toEqual([])
  })

  it('changes settings, and says what is wrong with them', async () => {
    const { page, twin: mock, troubles } = await open(twin)
    const json = page.locator('#settings textarea')
    await expect.poll(() => json.inputValue(), { timeout: 10_000 }).toBe(JSON.stringify(mock.settings, undefined, 2))
    await json.fill('{ "rateLimits": false }')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    expect(mock.settings).toMatchObject({ rateLimits: false })
    expect(troubles).toEqual([])
    await json.fill('{ "rateLimits": ')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The body is no JSON.').waitFor()
    expect(await json.inputValue()).toBe('{ "rateLimits": ')
  })

  it('carries out an action, and shows what came of it or why nothing did', async () => {
    const { page, action, twin: mock, troubles } = await open(twin)
    const actions = page.locator('#actions > details')
    await actions.first().waitFor()
    expect(await actions.locator('> summary').allTextContents()).toEqual(mock.actions().map(({ name }) => name))
    await actions.getByText(action.name, { exact: true }).click()
    const input = page.getByLabel(`Input of ${action.name}`)
    expect(Object.keys(JSON.parse(await input.inputValue()) as object)).toEqual(Object.keys(action.input))
    await input.fill(JSON.stringify(action.input))
    await page.locator('details[open]').getByRole('button', { name: 'Run' }).click()
    await page.getByText(/^Done: \{/).waitFor()
    expect(troubles).toEqual([])
    await input.fill('{"other":1}')
    await page.locator('details[open]').getByRole('button', { name: 'Run' }).click()
    await page.getByText(`The input of ${action.name} cannot be read:`).waitFor()
  })

  it('resets the world once that is confirmed', async () => {
    const { page, lines, read, twin: mock, troubles } = await open(twin)
    await read()
    await lines.first().waitFor()
    page.once('dialog', (dialog) => void dialog.dismiss())
    await page.getByRole('button', { name: 'Reset this world' }).click()
    expect(mock.requests).toHaveLength(1)
    page.once('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Reset this world' }).click()
    await page.getByText('The world is as at its start.').waitFor()
    await page.getByText('No request yet.').waitFor()
    expect(mock.requests).toEqual([])
    expect(troubles).toEqual([])
  })

  it('shows another world, which is part of its address', async () => {
    const { page, lines, read, twin: mock, troubles } = await open(twin)
    mock.world('other').advance('1h')
    await read()
    await lines.first().waitFor()
    const chosen = page.getByLabel('World')
    await chosen.locator('option', { hasText: 'other' }).waitFor({ state: 'attached' })
    await chosen.selectOption('other')
    await page.getByText('No request yet.').waitFor()
    await page.locator('#clock-now').getByText('2023-04-04 13:53:25 UTC').waitFor()
    expect(new URL(page.url()).search).toBe('?world=other')
    await page.getByRole('button', { name: 'Advance' }).click()
    await page.locator('#clock-now').getByText('2023-04-04 14:09:25 UTC').waitFor()
    await page.reload()
    await page.locator('#clock-now').getByText('2023-04-04 14:09:25 UTC').waitFor()
    expect(mock.clock.now()).toBe(Date.parse('2023-04-04T12:53:25Z'))
    expect(troubles).toEqual([])
  })
})
