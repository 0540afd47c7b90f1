import type { Page } from 'playwright-core'

/** Whatever a person would see as red in the console from now on: errors, warnings, failed requests, refusals. */
export function watchTroubles(page: Page): readonly string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('requestfailed', (request) => {
    // What the page itself gives up when it is left is no failure.
    const { errorText = '' } = request.failure() ?? {}
    if (errorText !== 'net::ERR_ABORTED') troubles.push(`${request.url()} ${errorText}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.url()} ${response.status()}`)
  })
  return troubles
}
