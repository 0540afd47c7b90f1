// Takes the pictures of the twins' page that the documents show: node packages/contracts/tests/screenshots.ts
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { launchChromium, type Page } from '@certtwin/test-browser'
import { type ServedTwin, twinsToServe } from './control-twins.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'images')

/** A page that has seen some calls, of which one met a fault. */
async function watchCalls(page: Page, served: ServedTwin): Promise<void> {
  const { listening, twin, read, miss, write, readOperation, writeOperation } = served
  await page.goto(`${listening.url}/__mock/`)
  await page.locator('#connection').getByText('live').waitFor()
  await write('for the new servers')
  await read()
  twin.faults.add(
    { kind: 'error', operation: readOperation, status: 429, first: 1 },
    { kind: 'delay', operation: writeOperation, delay: '2s', every: 3 },
  )
  await read()
  twin.advance('16m')
  await miss()
  await page.locator('#requests > li').nth(3).waitFor()
  await page.getByText('acted on 1 of 2 calls').waitFor()
}

mkdirSync(folder, { recursive: true })
const browser = await launchChromium()
for (const [index, width, height, colorScheme] of [
  [0, 1280, 900, 'light'],
  [1, 390, 844, 'dark'],
] as const) {
  const served = await twinsToServe[index]!.serve()
  const page = await browser.newPage({ viewport: { width, height }, colorScheme })
  await watchCalls(page, served)
  if (index === 0) await page.locator('#requests > li > details > summary').nth(1).click()
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `mock-page-${width}-${colorScheme}.png`) })
  await served.listening.close()
}
await browser.close()
