import {
  type Browser,
  type BrowserContextOptions,
  launchChromium,
  type Page,
  watchTroubles,
} from '@certtwin/test-browser'
import type { TwinListenOptions } from '@certtwin/mock-kit'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { ServedTwin, TwinToServe } from './control-twins.ts'

/** A twin, its page in a browser, and what went wrong there. */
export interface OpenPage extends ServedTwin {
  readonly page: Page
  /** Whatever a person would see as red in the console. */
  readonly troubles: readonly string[]
  /** The lines of the list of requests. */
  readonly lines: ReturnType<Page['locator']>
}

export interface PageSetup {
  readonly browser?: BrowserContextOptions
  readonly listen?: TwinListenOptions
  /** What the address of the page has at its end. */
  readonly search?: string
  /** Whether to wait until the page follows the twin; true unless told. */
  readonly waits?: boolean
}

/** A browser for the tests of one file; what they open is closed after each of them. */
export function useBrowser(): (twin: TwinToServe, setup?: PageSetup) => Promise<OpenPage> {
  let browser: Browser
  const served: ServedTwin[] = []
  beforeAll(async () => {
    browser = await launchChromium()
  }, 120_000)
  afterAll(() => browser?.close())
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await Promise.all(served.splice(0).map(({ listening }) => listening.close()))
  })
  return async (twin, { browser: options = {}, listen, search = '', waits = true } = {}) => {
    const world = await twin.serve(listen)
    served.push(world)
    const page = await (await browser.newContext(options)).newPage()
    page.setDefaultTimeout(20_000)
    const troubles = watchTroubles(page)
    await page.goto(`${world.listening.url}/__mock/${search}`)
    if (waits) await page.locator('#connection').getByText('live').waitFor()
    return { ...world, page, troubles, lines: page.locator('#requests > li') }
  }
}
