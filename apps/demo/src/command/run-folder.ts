import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyPair } from '../rollout/key-pair.ts'
import type { Receipt } from '../rollout/receipt.ts'
import { UsageError } from './usage-error.ts'

/** A receipt with what it is a receipt of; another place or order starts anew. */
export interface KeptReceipt extends Receipt {
  readonly place: string
}

/** The folder in which a run keeps key, signing request and receipt, so that a second run can go on from there. */
export interface RunFolder {
  readKeyPair(): Promise<Partial<KeyPair>>
  writeKeyPair(keyPair: KeyPair): Promise<void>
  readReceipt(): Promise<KeptReceipt | undefined>
  writeReceipt(receipt: KeptReceipt): Promise<void>
}

const files = { privateKey: 'private-key.pem', csr: 'request.csr', receipt: 'receipt.json' } as const

/** @throws UsageError when the folder cannot be made */
export async function openRunFolder(folder: string): Promise<RunFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`Cannot make the folder ${folder}: the system says ${error.code}.`)
  })
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch(() => undefined)
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(folder, name), text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`Cannot write ${join(folder, name)}: the system says ${error.code}.`)
    })
  return {
    async readKeyPair() {
      const [privateKey, csr] = [await read(files.privateKey), await read(files.csr)]
      return { ...(privateKey === undefined ? {} : { privateKey }), ...(csr === undefined ? {} : { csr }) }
    },
    async writeKeyPair({ privateKey, csr }) {
      await write(files.privateKey, privateKey)
      await write(files.csr, csr)
    },
    async readReceipt() {
      const text = await read(files.receipt)
      return text === undefined ? undefined : parseReceipt(join(folder, files.receipt), text)
    },
    writeReceipt: (receipt) => write(files.receipt, `${JSON.stringify(receipt, null, 2)}\n`),
  }
}

function parseReceipt(path: string, text: string): KeptReceipt {
  try {
    return JSON.parse(text) as KeptReceipt
  } catch {
    throw new UsageError(`${path} is not JSON any more: move it away, and the run looks for its duplicate by key.`)
  }
}
