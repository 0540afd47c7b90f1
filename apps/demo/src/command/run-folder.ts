import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyPair } from '../rollout/key-pair.ts'
import type { Receipt } from '../rollout/receipt.ts'
import { UsageError } from './usage-error.ts'

/** A receipt with the place that it is from. */
export interface KeptReceipt extends Receipt {
  readonly place: string
}

/** The folder in which a run keeps key, signing request and receipt, so that a second run can go on from there. */
export interface RunFolder {
  readonly readKeyPair: () => Promise<Partial<KeyPair>>
  /** Keeps a key that is not there yet; one that is there is never written over. */
  readonly keepKeyPair: (keyPair: KeyPair) => Promise<void>
  readonly readReceipt: () => Promise<KeptReceipt | undefined>
  readonly writeReceipt: (receipt: KeptReceipt) => Promise<void>
}

const files = { privateKey: 'private-key.pem', csr: 'request.csr', receipt: 'receipt.json' } as const

/** @throws UsageError when the folder cannot be made */
export async function openRunFolder(folder: string): Promise<RunFolder> {
  const path = (name: string): string => join(folder, name)
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(cannot('make the folder', folder))
  await chmod(folder, 0o700).catch(cannot('close to others the folder', folder))
  const read = (name: string): Promise<string | undefined> => readFile(path(name), 'utf8').catch(() => undefined)
  const create = async (name: string, text: string): Promise<void> => {
    if ((await read(name)) !== undefined) return chmod(path(name), 0o600)
    await writeFile(path(name), text, { mode: 0o600, flag: 'wx' }).catch(cannot('write', path(name)))
  }
  return {
    async readKeyPair() {
      const [privateKey, csr] = [await read(files.privateKey), await read(files.csr)]
      return { ...(privateKey === undefined ? {} : { privateKey }), ...(csr === undefined ? {} : { csr }) }
    },
    async keepKeyPair({ privateKey, csr }) {
      await create(files.privateKey, privateKey)
      await create(files.csr, csr)
    },
    async readReceipt() {
      const text = await read(files.receipt)
      return text === undefined ? undefined : parseReceipt(path(files.receipt), text)
    },
    // A receipt is written beside the old one and takes its place whole, whatever happens meanwhile.
    async writeReceipt(receipt) {
      const draft = path(`${files.receipt}.new`)
      await writeFile(draft, `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o600 }).catch(cannot('write', draft))
      await rename(draft, path(files.receipt)).catch(cannot('write', path(files.receipt)))
    },
  }
}

function cannot(what: string, path: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw new UsageError(`Cannot ${what} ${path}: the system says ${error.code}.`)
  }
}

function parseReceipt(path: string, text: string): KeptReceipt {
  try {
    const receipt = JSON.parse(text) as KeptReceipt
    if (isReceipt(receipt)) return receipt
  } catch {
    // Told below, like a receipt with something else in it.
  }
  throw new UsageError(`${path} is damaged: move it away, and the run looks for its duplicate by key.`)
}

/** Whether everything is there that a run goes on from. */
function isReceipt({ place, orderId, deployments, duplicate, uploaded }: Partial<KeptReceipt>): boolean {
  const isWhole = typeof place === 'string' && typeof orderId === 'number' && Array.isArray(deployments)
  const hasChain = duplicate === undefined || duplicate.chain.every((pem) => new X509Certificate(pem).subject !== '')
  const hasVersion = uploaded === undefined || (uploaded.certificateId !== '' && uploaded.version > 0)
  return isWhole && hasChain && hasVersion && Array.isArray(duplicate?.dnsNames ?? [])
}
