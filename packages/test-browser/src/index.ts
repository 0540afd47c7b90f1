export type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
export { launchChromium } from './chromium.ts'
export { contrastOf } from './contrast.ts'
export { watchTroubles } from './troubles.ts'
