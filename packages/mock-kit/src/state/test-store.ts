// What the tests of the store share: a file in a folder of its own, which goes with the test.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore, type Store } from './store.ts'
import { setup as setupNotes, type TestNotebook } from './test-notes.ts'

export interface TestStore extends TestNotebook {
  readonly file: string
  /** Opens the file; whatever is still open at the end of the test is closed then. */
  readonly open: (twin?: string) => Store
  readonly reopen: (store: Store) => Store
}

export function setup(): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const file = join(folder, 'twin.db')
  const stores = new Set<Store>()
  onTestFinished(() => {
    for (const store of stores) store.close()
    rmSync(folder, { recursive: true })
  })
  const open = (twin = 'notebook'): Store => {
    const store = openStore(file, twin)
    stores.add(store)
    return store
  }
  const reopen = (store: Store): Store => {
    stores.delete(store)
    store.close()
    return open()
  }
  return { ...setupNotes(), file, open, reopen }
}
