// Takes the pictures of the page that the documents show: node apps/demo/tests/screenshots.ts
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, launchChromium, type Page } from '@certtwin/test-browser'
import { servePage } from './served-page.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'images')

/** A page with a run that has just succeeded. */
async function finishRun(browser: Browser, url: string, options: Parameters<Browser['newPage']>[0]): Promise<Page> {
  const page = await browser.newPage({ ...options, reducedMotion: 'reduce' })
  await page.goto(url)
  await page.getByRole('button', { name: 'Start the run' }).click()
  await page.locator('#run-state').getByText('succeeded').waitFor()
  await page
    .locator('#versions')
    .getByRole('row', { name: /www\.digicert\.com/ })
    .waitFor()
  await page
    .locator('#order-certificates')
    .getByRole('row', { name: /approved/ })
    .waitFor()
  await page.locator('#run-title').blur()
  await page.mouse.move(0, 0)
  return page
}

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
for (const [width, height, colorScheme, part] of [
  [1280, 868, 'light', 'body'],
  [390, 844, 'dark', '.run'],
] as const) {
  const server = await servePage()
  const page = await finishRun(browser, server.url, { viewport: { width, height }, colorScheme })
  await page.evaluate(`document.querySelector('${part}').scrollIntoView()`)
  await page.screenshot({ path: join(folder, `page-${width}.png`) })
  await server.close()
}
await browser.close()
