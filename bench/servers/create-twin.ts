// How a twin is made for the measurements: everything on. With twin.ts the file to change when users start twins in another way.
import type { CdnProMock } from '@certtwin/mock-cdnpro'
import type { DigicertMock } from '@certtwin/mock-digicert'

/**
 * Makes a twin whose rate limiter runs with its limit raised; the window of a second keeps the limiter's memory small.
 *
 * @throws Error when the journal shall be off and the twin has no such option: what is measured then would not be what it is called
 */
export async function createTwin(
  name: 'cdnpro' | 'digicert',
  journal: 'journal' | 'no-journal',
): Promise<CdnProMock | DigicertMock> {
  const options = {
    seed: 'bench',
    rateLimits: [{ limit: 200_000, windowMs: 1000 }],
    ...(journal === 'no-journal' && { journal: false as const }),
  }
  const mock =
    name === 'digicert'
      ? (await import('@certtwin/mock-digicert')).createDigicertMock(options)
      : (await import('@certtwin/mock-cdnpro')).createCdnProMock(options)
  if (journal === 'no-journal') {
    await mock.fetch(new Request('http://127.0.0.1/'))
    if (mock.requests.length > 0) throw new Error('the twin has no option that switches its journal off')
  }
  return mock
}
