// The process of the load generator: a job comes in, a sample or the reason why there is none goes out.
import { generateLoad, type LoadJob, type LoadSample } from './generate-load.ts'

export type LoadReply = { readonly sample: LoadSample } | { readonly problem: string }

async function reply(job: LoadJob): Promise<LoadReply> {
  try {
    return { sample: await generateLoad(job) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (job: LoadJob) => {
  void reply(job).then((message) => process.send?.(message))
})
