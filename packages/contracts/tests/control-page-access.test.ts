import { contrastOf, type Page } from '@certtwin/test-browser'
import { describe, expect, it } from 'vitest'
import { type OpenPage, useBrowser } from './control-page-browser.ts'
import { twinsToServe } from './control-twins.ts'

// The page of the control plane in a real browser: who can use it, and what it does not let through.

const open = useBrowser()
const timeout = 60_000

/** Presses a key until the focus is on what is wanted. */
async function press(page: Page, key: string, until: string): Promise<void> {
  for (let count = 0; count < 80; count++) {
    await page.keyboard.press(key)
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(until)})`)) return
  }
  throw new Error(`${key} never reaches ${until}`)
}

/** Opens all that can be opened: the newest request, every table, every form. */
async function openEverything({ page, lines }: OpenPage): Promise<void> {
  await lines.first().waitFor()
  await page.locator('.table').first().waitFor()
  await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
  await lines.first().locator('.entry').waitFor()
  await page.locator('.table tbody tr').first().waitFor()
}

/** One of each kind of text on the page. */
const texts =
  `h1 | h1 small | #connection | #clock-state | .now | #requests-note | #clock-note | #faults .muted | button | .primary | #har
  | input | select | textarea | .field | summary | .cut | thead th | tbody td | #requests time | .path | .duration | .facts
  | .facts .badge | .status[data-class="2"] | .status[data-class="4"] | dt | dd | pre | .table .badge`.split(/\s*\|\s*/)

describe.each(twinsToServe)('the page of the $name twin', { timeout }, (twin) => {
  it('can be used by keyboard alone, and shows where the focus is', async () => {
    const world = await open(twin)
    const { page, lines, read, clock, twin: mock, writeOperation, troubles } = world
    await read()
    await lines.first().waitFor()
    await press(page, 'Tab', '#requests summary')
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    await lines.first().locator('.entry').waitFor()
    await press(page, 'Tab', '#advance input')
    await page.keyboard.press('Enter')
    await page.locator('#clock-now').getByText('13:09:25').waitFor()
    expect(clock.now()).toBe(Date.parse('2023-04-04T13:09:25Z'))
    await press(page, 'Tab', 'section:has(#faults) summary')
    await page.keyboard.press('Enter')
    await press(page, 'Tab', '#add-fault [name=operation]')
    await page.keyboard.type(writeOperation)
    await press(page, 'Tab', '#add-fault [name=status]')
    await page.keyboard.type('429')
    await page.keyboard.press('Enter')
    await page.getByText('f1 is in force.').waitFor()
    expect(mock.faults.list()).toMatchObject([{ operation: writeOperation, status: 429 }])
    await press(page, 'Shift+Tab', '[aria-label="Remove f1"]')
    await page.keyboard.press('Space')
    await page.getByText('f1 is removed.').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('faults-title')
    await press(page, 'Tab', '.table[data-name=certificates] summary')
    await page.keyboard.press('Enter')
    await press(page, 'Tab', '.table button')
    await page.keyboard.press('Enter')
    await page.locator('#viewer').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate("document.activeElement.matches('.table button')")).toBe(true)
    expect(troubles).toEqual([])
  })

  it('names everything that can be operated', async () => {
    const world = await open(twin)
    await world.write('named')
    await openEverything(world)
    const nameless = await world.page.evaluate<
      string[]
    >(`[...document.querySelectorAll('button, input, select, textarea, a')]
      .filter((node) => !(node.ariaLabel || node.textContent.trim() || node.labels?.length || node.getAttribute('aria-labelledby')))
      .map((node) => node.outerHTML)`)
    expect(nameless).toEqual([])
  })

  it.each([320, 390, 1000, 1280])('is never wider than a window of %i pixels', async (width) => {
    const world = await open(twin, { browser: { viewport: { width, height: 800 } } })
    await world.write(`a long text without a blank: ${'x'.repeat(300)}`)
    world.twin.faults.add({ kind: 'wrong-content-type', operation: world.readOperation, contentType: 'x'.repeat(100) })
    await world.read()
    await world.lines.nth(1).waitFor()
    await world.page.getByText('f1: wrong-content-type').first().waitFor()
    await world.page.locator('#faults [data-id]').waitFor()
    await openEverything(world)
    expect(await world.page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    expect(world.troubles).toEqual([])
  })

  it.each(['light', 'dark'] as const)(
    'is readable in %s: text stands out from what is behind it',
    async (colorScheme) => {
      const world = await open(twin, { browser: { colorScheme } })
      const { page, twin: mock, readOperation } = world
      mock.faults.add({ kind: 'error', operation: readOperation, status: 429 })
      await world.write('readable')
      await world.miss()
      await world.lines.nth(1).waitFor()
      await openEverything(world)
      await page.getByRole('button', { name: 'Set', exact: true }).click()
      await page.locator('#clock-note[data-error]').waitFor()
      const weak: string[] = []
      for (const selector of texts) {
        const ratio = await contrastOf(page, selector)
        if (ratio < 4.5) weak.push(`${selector} ${ratio.toFixed(2)}`)
      }
      expect(weak).toEqual([])
    },
  )

  it('tells what changes to those who do not see it', async () => {
    const { page } = await open(twin)
    const live = await page.evaluate("[...document.querySelectorAll('[role=status]')].map((node) => node.id)")
    expect(live).toEqual(
      expect.arrayContaining(['connection', 'requests-note', 'clock-note', 'faults-note', 'settings-note']),
    )
  })

  it('takes hostile texts for texts', async () => {
    const hostile = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>'
    const world = await open(twin)
    const { page, twin: mock, lines, listening, troubles } = world
    await world.write(hostile)
    await fetch(`${listening.url}/${hostile}?${hostile}`, { headers: { 'x-hostile': hostile } })
    mock.world('default').faults.add({ kind: 'wrong-content-type', contentType: hostile })
    await lines.nth(1).waitFor()
    await openEverything(world)
    for (const cut of await page.locator('.table .cut').all()) {
      await cut.click()
      await page.keyboard.press('Escape')
      if ((await page.locator('#viewer-text').textContent())?.includes('onerror')) break
    }
    await page.getByText(hostile, { exact: false }).first().waitFor({ state: 'attached' })
    expect(await page.locator('img, body script').count()).toBe(0)
    expect(await page.title()).toMatch(/^mock-/)
    expect(troubles).toEqual([])
  })

  it('never shows a secret', async () => {
    const world = await open(twin)
    const { page, secrets, listening, write, read, lines } = world
    await write('one')
    await read()
    // The same where it does not belong.
    const key = secrets[0]!
    const inBase64 = Buffer.from(key).toString('base64')
    await fetch(`${listening.url}/?key=${key}`, {
      method: 'POST',
      headers: { 'X-DC-DEVKEY': key, Authorization: `Basic ${Buffer.from(`x:${key}`).toString('base64')}` },
      body: JSON.stringify({ key, inBase64, privateKey: key }),
    })
    await lines.nth(2).waitFor()
    await openEverything(world)
    const shown = await page.evaluate<string>(
      "document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join()",
    )
    expect(shown).toContain('***')
    for (const secret of secrets)
      for (const spelling of [
        secret,
        encodeURIComponent(secret),
        ...['base64', 'hex'].map((as) => Buffer.from(secret).toString(as as 'hex')),
      ])
        expect(shown).not.toContain(spelling.replace(/=+$/, ''))
  })

  it('asks for the token where the twin wants one, until it is right, and keeps it as long as the tab', async () => {
    const token = 'token-of-the-tests'
    const { page, lines, read } = await open(twin, { listen: { token }, waits: false })
    const dialog = page.locator('#token-dialog')
    await dialog.getByText('The control plane wants its token').waitFor()
    await dialog.getByLabel('Token of the twin').fill('wrong')
    await page.keyboard.press('Enter')
    await expect.poll(() => dialog.getByLabel('Token of the twin').inputValue(), { timeout: 10_000 }).toBe('')
    await dialog.getByLabel('Token of the twin').fill(token)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await page.locator('#connection').getByText('live').waitFor()
    expect(await dialog.isVisible()).toBe(false)
    await read()
    await lines.first().waitFor()
    await page.reload()
    await lines.first().waitFor()
    expect(await dialog.isVisible()).toBe(false)
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'HAR' }).click()
    expect(await (await download).failure()).toBeNull()
    expect(await page.evaluate("document.documentElement.outerHTML.includes('token-of-the-tests')")).toBe(false)
  })

  it('says so when the twin goes away, and goes on when it is there again', async () => {
    const { page, lines, read, twin: mock, listening } = await open(twin)
    await read()
    await lines.first().waitFor()
    await listening.drain()
    await page.locator('#connection').getByText('connection lost').waitFor()
    const again = await mock.listen({ port: listening.port })
    await page.locator('#connection').getByText('live').waitFor()
    await read()
    await lines.nth(1).waitFor()
    expect(await page.locator('#connection[data-error]').count()).toBe(0)
    await again.close()
  })

  it('is all that is loaded, and allows nothing else', async () => {
    const { page, listening, troubles } = await open(twin)
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    const response = await page.reload()
    await page.locator('#connection').getByText('live').waitFor()
    expect(loaded.filter((url) => !url.startsWith(`${listening.url}/__mock/`) && !url.startsWith('data:'))).toEqual([])
    expect(response?.headers()['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    )
    expect(await page.locator('[style], style, script:not([src]), [onclick]').count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('is found without the slash at its end', async () => {
    const { page, listening } = await open(twin)
    await page.goto(`${listening.url}/__mock?world=other`)
    await page.locator('#connection').getByText('live').waitFor()
    expect(page.url()).toBe(`${listening.url}/__mock/?world=other`)
  })
})
