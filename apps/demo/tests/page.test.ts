import {
  type Browser,
  type BrowserContextOptions,
  contrastOf,
  launchChromium,
  type Page,
  watchTroubles,
} from '@certtwin/test-browser'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ListeningPage } from '../src/page/listen.ts'
import { servePage } from './served-page.ts'

// The page in a real browser. One file, since the browser is unpacked on first use.

const timeout = 60_000

let browser: Browser
const servers: ListeningPage[] = []

beforeAll(async () => {
  browser = await launchChromium()
}, 120_000)

afterAll(() => browser?.close())

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

interface World {
  readonly page: Page
  /** Whatever a person would see as red in the console: errors, warnings, failed requests. */
  readonly troubles: readonly string[]
}

async function setup(options: BrowserContextOptions = {}): Promise<World> {
  const server = await servePage()
  servers.push(server)
  const page = await (await browser.newContext(options)).newPage()
  page.setDefaultTimeout(20_000)
  const troubles = watchTroubles(page)
  await page.goto(server.url)
  await page.getByRole('row', { name: /legacy-rsa4096/ }).waitFor()
  return { page, troubles }
}

const stateOf = (page: Page, state: string): Promise<void> =>
  page.locator('#run-state').getByText(state, { exact: true }).waitFor()

const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth')

describe('the page in a browser', { timeout }, () => {
  it('shows a run from its start to its receipt, the new version and the requests', async () => {
    const { page, troubles } = await setup()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await stateOf(page, 'succeeded')
    expect(await page.getByRole('status').textContent()).toBe('The certificate is live and verified.')
    expect(await page.locator('.steps .step-state').allTextContents()).toEqual(Array.from({ length: 6 }, () => 'done'))
    expect(await page.locator('#receipt').textContent()).toContain('Certificate987654321')
    await page
      .locator('#order-certificates')
      .getByRole('row', { name: /987654321/ })
      .waitFor()
    expect(await page.locator('#order-hint').textContent()).toBe(
      'Order 1234567 of Example Org LLC: Extended Validation SSL, 1 duplicate.',
    )
    expect(await page.locator('#order-certificates tr').count()).toBe(2)
    const row = page.getByRole('row', { name: /^www\.digicert\.com/ })
    await row.waitFor()
    expect(await row.textContent()).toMatch(/productionstagingin 27\d days/)
    expect(await page.locator('#versions-hint').textContent()).toBe('8 certificates.')
    const tasks = page.locator('#tasks tr')
    await tasks.filter({ hasText: 'certtwin production' }).waitFor()
    expect(await page.locator('#tasks-hint').textContent()).toBe('5 deployment tasks.')
    expect(await tasks.count()).toBe(5)
    expect(await tasks.first().textContent()).toMatch(
      /^certtwin production[0-9a-f-]{36}productionsucceededDeploy certificate [0-9a-f]{24}, version 1.* after \d seconds?$/,
    )
    await page.locator('#exchanges summary', { hasText: 'POST/cdn/certificates' }).click()
    await page.getByText('"privateKey": "(hidden)"').waitFor()
    expect(troubles).toEqual([])
  })

  it('lets a person approve a request that waits', async () => {
    const { page, troubles } = await setup()
    await page.getByLabel('Needs an approval').check()
    expect(await page.getByLabel('Common name').inputValue()).toBe('example.com')
    expect(await page.getByLabel('Further names').inputValue()).toBe('sub.example.com')
    await page.getByRole('button', { name: 'Start the run' }).click()
    await stateOf(page, 'waiting')
    await page.getByRole('button', { name: 'Approve' }).click()
    await stateOf(page, 'succeeded')
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    expect(troubles).toEqual([])
  })

  it('says that a rejected request failed and that an order without validation is not issued yet', async () => {
    const { page, troubles } = await setup()
    await page.getByLabel('Needs an approval').check()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await page.getByRole('button', { name: 'Reject' }).click()
    await stateOf(page, 'failed')
    await page.getByLabel('Waits for validation').check()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await stateOf(page, 'not issued yet')
    expect(await page.getByRole('status').textContent()).toBe('The duplicate is requested and not issued yet.')
    expect(troubles).toEqual([])
  })

  it('says so when the back end goes away while a run is watched', async () => {
    const { page } = await setup()
    await page.getByRole('radio', { name: /Needs an approval/ }).check()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    await servers.pop()!.close()
    const sentence = page.getByText('The back end of the page does not answer.')
    await sentence.waitFor()
    expect(await sentence.isVisible()).toBe(true)
  })

  it('takes any other order, and says in a sentence what is missing', async () => {
    const { page } = await setup()
    await page.getByLabel('Another order').check()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await page.getByText('The order is a positive whole number.').waitFor()
    await page.getByLabel('Order number').fill('100001')
    await page.getByLabel('Common name').fill('single.example.net')
    await page.getByLabel('Signature hash').selectOption('sha384')
    await page.getByLabel('production', { exact: true }).uncheck()
    await page.getByRole('button', { name: 'Start the run' }).click()
    await stateOf(page, 'succeeded')
    expect(await page.locator('#form-error').textContent()).toBe('')
    expect(await page.locator('.steps b').allTextContents()).not.toContain('Deploy to production')
  })

  it('remembers runs when it is opened again, and goes back to an earlier one', async () => {
    const { page, troubles } = await setup()
    for (const name of ['www.digicert.com', 'hold.example.net']) {
      await page.locator(`input[data-common-name="${name}"]`).check()
      await page.getByRole('button', { name: 'Start the run' }).click()
      await page.locator('#run-title', { hasText: name }).waitFor()
      await stateOf(page, name === 'www.digicert.com' ? 'succeeded' : 'not issued yet')
    }
    await page.reload()
    await stateOf(page, 'not issued yet')
    await page.getByRole('button', { name: /^1: www\.digicert\.com/ }).click()
    await stateOf(page, 'succeeded')
    expect(await page.locator('#run-title').textContent()).toBe('Run 1: www.digicert.com')
    expect(troubles).toEqual([])
  })

  it('can be used by keyboard alone, and shows where the focus is', async () => {
    const { page, troubles } = await setup()
    const press = async (key: string, until: string): Promise<void> => {
      for (let count = 0; count < 30; count++) {
        await page.keyboard.press(key)
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(until)})`)) return
      }
      throw new Error(`${key} never reaches ${until}`)
    }
    await press('Tab', 'input[name=order]')
    await press('ArrowDown', 'input[value="112233"]')
    await press('Tab', 'button[type=submit]')
    const outline = 'getComputedStyle(document.activeElement).outlineStyle'
    expect(await page.evaluate(outline)).toBe('solid')
    await page.keyboard.press('Enter')
    await stateOf(page, 'waiting')
    await press('Tab', '.decision .primary')
    await page.keyboard.press('Enter')
    await stateOf(page, 'succeeded')
    expect(await page.evaluate('document.activeElement.id')).toBe('run-title')
    await press('Tab', '#exchanges summary')
    await page.keyboard.press('Enter')
    await page.locator('#exchanges details[open]').waitFor()
    expect(troubles).toEqual([])
  })

  it.each(['light', 'dark'] as const)(
    'is readable in %s: text stands out from what is behind it',
    async (colorScheme) => {
      const { page } = await setup({ colorScheme })
      await page.getByRole('button', { name: 'Start the run' }).click()
      await stateOf(page, 'succeeded')
      await page.locator('#tasks tr').nth(4).waitFor()
      for (const selector of [
        'h1',
        '.masthead p',
        '.steps p',
        'dt',
        'dd',
        '.badge',
        '[data-urgency=expired]',
        '#tasks-hint',
        '#tasks small',
        '#tasks [data-state=failed]',
        '#tasks [data-place=production]',
        '.primary',
      ]) {
        const ratio = await contrastOf(page, selector)
        expect([selector, ratio]).toEqual([selector, expect.toSatisfy((value) => value > 4.5)])
      }
    },
  )

  it.each([320, 390, 768, 900, 1030, 1280])('is never wider than a window of %i pixels', async (width) => {
    const { page, troubles } = await setup({ viewport: { width, height: 800 } })
    await page.getByRole('button', { name: 'Start the run' }).click()
    await stateOf(page, 'succeeded')
    await page.locator('#tasks tr').nth(4).waitFor()
    for (const list of ['#exchanges', '#tasks-exchanges', '#versions-exchanges']) {
      const behind = page.locator('.behind', { has: page.locator(list) }).locator('> summary')
      if (list !== '#exchanges') await behind.click()
      await page.locator(`${list} summary`).nth(1).click()
    }
    expect(await widthOf(page)).toBe(width)
    const spilling =
      "[...document.querySelectorAll('.versions td')].filter((cell) => cell.scrollWidth > cell.clientWidth)"
    expect(await page.evaluate(`${spilling}.map((cell) => cell.textContent)`)).toEqual([])
    expect(troubles).toEqual([])
  })

  it('keeps still for those who asked for less motion', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference'): Promise<unknown> => {
      const { page } = await setup({ reducedMotion })
      const step = `(() => {
        const list = document.getElementById('steps')
        const step = list.appendChild(document.createElement('li'))
        step.dataset.state = 'running'
        return getComputedStyle(step, '::before').animationName
      })()`
      return page.evaluate(step)
    }
    expect([await moving('no-preference'), await moving('reduce')]).toEqual(['pulse', 'none'])
  })
})
