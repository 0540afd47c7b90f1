import { CerttwinError } from '../errors.ts'

/** Lets whatever goes wrong with a deployment task name it, so that its caller can go on with it. */
export async function namingTask<Value>(taskId: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CerttwinError)) throw error
    const { code, message, operation, outcome, status, vendorErrors, requestId, attempts, elapsedMs } = error
    const details = { code, message, operation, outcome, status, vendorErrors, requestId, attempts, elapsedMs }
    throw new CerttwinError({ ...details, taskId })
  }
}
