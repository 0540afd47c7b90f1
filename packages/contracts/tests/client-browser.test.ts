import type * as core from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import type { Twin } from '@certtwin/mock-kit'
import { type Browser, launchChromium, type Page } from '@certtwin/test-browser'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundleClient, serveAcrossOrigins, servePage } from './browser-world.ts'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'

// The client in a real browser. No vendor lets pages of other origins call it, so there is a proxy between that does.

/** In the page; the functions that are evaluated there see nothing else. */
declare const certtwin: typeof core

const { csr: givenCsr } = createKeyMaterial()
const givenMaterial = createCertificateMaterial(['shop.example.net'])

let browser: Browser
let client: string
beforeAll(async () => {
  ;[browser, client] = await Promise.all([launchChromium(), bundleClient()])
}, 120_000)
afterAll(() => browser?.close())

/** A page with the client in it. */
async function openPage(address: string): Promise<Page> {
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  // Only pages of this machine may call it without asking anybody; another host has no server.
  await page.route('http://page.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await page.goto(address)
  await page.addScriptTag({ content: client })
  return page
}

/** Puts a twin on a port, and the proxy before it. */
async function serve<Kind extends Twin<object>>(twin: Kind): Promise<{ readonly twin: Kind; readonly url: string }> {
  const listening = await twin.listen()
  onTestFinished(() => listening.close())
  return { twin, url: await serveAcrossOrigins(listening.url) }
}

describe('in a browser, through a proxy', () => {
  it('a duplicate is requested, approved, waited for and downloaded', async () => {
    const { twin, url } = await serve(createDigicertMock())
    const page = await openPage(await servePage())
    const found = await page.evaluate(
      async ({ csr, ...options }) => {
        const { duplicates, requests, certificates } = certtwin.createDigicertClient(options)
        const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
        const duplicate = await duplicates.create(112233, { certificate })
        if (duplicate.state !== 'pending') throw new Error(duplicate.state)
        await requests.approve(duplicate.requests[0]!.id)
        const { id } = await duplicates.waitForIssued(112233, csr, { pollMs: 10 })
        return (await certificates.download(id)).length
      },
      { baseUrl: `${url}/services/v2`, csr: givenCsr, apiKey: twin.accounts[0].apiKey },
    )
    expect(found).toBe(3)
  })

  it.each(['Basic', 'an access key'])('a certificate is uploaded, signed with x-cnc-date and %s', async (scheme) => {
    const { twin, url } = await serve(createCdnProMock())
    const [{ username, apiKey, keys }] = twin.accounts
    const page = await openPage(await servePage())
    const version = await page.evaluate(
      async ({ material, ...options }) => {
        // An hour late: the clock heals here, too.
        const { certificates, versions } = certtwin.createCdnProClient({
          ...options,
          now: () => Date.now() - 3_600_000,
        })
        return versions.get(await certificates.create({ name: 'shop', newVersion: material }), 1)
      },
      { baseUrl: url, username, apiKey, material: givenMaterial, ...(scheme === 'Basic' ? {} : keys) },
    )
    expect(version).toMatchObject({ version: 1, inStaging: false })
    const names = new Set(twin.requests.at(-1)!.request.headers.map(([name]) => name.toLowerCase()))
    expect([names.has('x-cnc-date'), names.has('date'), names.has('origin')]).toEqual([true, false, true])
  })

  it('the native door says that it cannot be used', async () => {
    const { twin, url } = await serve(createCdnProMock({ door: 'native' }))
    const [{ username, apiKey }] = twin.accounts
    const page = await openPage(await servePage())
    const found = await page.evaluate(
      async (options) => {
        const { versions } = certtwin.createCdnProClient({ ...options, door: 'native' })
        const error = await versions.get('x', 1).catch((reason: unknown) => reason)
        if (!certtwin.isCerttwinError(error)) throw error
        return { code: error.code, outcome: error.outcome, message: error.message }
      },
      { baseUrl: url, username, apiKey },
    )
    expect(found).toEqual({
      code: 'unsupported_runtime',
      outcome: 'not_sent',
      message:
        'getCertificateVersion failed: This platform does not let programs set Date, which signing needs at the native door.',
    })
    expect(twin.requests).toEqual([])
  })

  it('a purchase whose answer is lost is made once, where the proxy keeps no connection', async () => {
    const { twin, url } = await serve(createDigicertMock())
    const page = await openPage(await servePage())
    twin.faults.add({ kind: 'reset', effect: 'after', operation: 'requestDuplicate', first: 1 })
    const found = await page.evaluate(
      async ({ csr, ...options }) => {
        const { duplicates, orders } = certtwin.createDigicertClient(options)
        await orders.get(100002) // a connection that is kept from here is one on which the browser repeats
        const certificate = { common_name: 'multi.example.net', csr, signature_hash: 'sha256' }
        const error = await duplicates.create(100002, { certificate }).catch((reason: unknown) => reason)
        return certtwin.isCerttwinError(error) ? [error.code, error.outcome] : String(error)
      },
      { baseUrl: `${url}/services/v2`, csr: givenCsr, apiKey: twin.accounts[0].apiKey },
    )
    expect(twin.requests.filter(({ operation }) => operation === 'requestDuplicate')).toHaveLength(1)
    expect(found).toEqual(['network', 'unknown'])
  })

  it('a page that is not secure is told that it cannot sign', async () => {
    const page = await openPage('http://page.test/')
    const complaint = await page.evaluate(() => {
      try {
        certtwin.createCdnProClient({ username: 'u', apiKey: 'k' })
        return ''
      } catch (error) {
        return certtwin.isCerttwinError(error) ? `${error.code}: ${error.message}` : String(error)
      }
    })
    expect(complaint).toBe('unsupported_runtime: This platform has no WebCrypto (crypto.subtle), which signing needs.')
  })

  it('what never leaves the page, or is not allowed, is no answer', async () => {
    const twin = createDigicertMock()
    const listening = await twin.listen()
    onTestFinished(() => listening.close())
    const page = await openPage(await servePage())
    const found = await page.evaluate(async (baseUrl) => {
      const { orders } = certtwin.createDigicertClient({ apiKey: 'k', baseUrl, retry: { attempts: 1 } })
      const error = await orders.get(1).catch((reason: unknown) => reason)
      return certtwin.isCerttwinError(error) ? [error.code, error.outcome, error.message] : String(error)
    }, listening.url)
    expect(found).toEqual(['network', 'unknown', 'getOrder failed: No answer came: the connection failed.'])
  })
})
