import { amend, type CerttwinError } from '../errors.ts'

/**
 * Lets whatever goes wrong with a deployment task name it, so that its caller can go on with it.
 *
 * @param isOurs - the same call has submitted it: then its effect is open, unless the task itself has failed
 */
export async function namingTask<Value>(
  taskId: string,
  work: () => Promise<Value>,
  isOurs: boolean = false,
): Promise<Value> {
  try {
    return await work()
  } catch (cause) {
    const error = cause as CerttwinError
    const outcome = isOurs && error.code !== 'deployment_failed' ? 'unknown' : error.outcome
    throw amend(error, { outcome, taskId })
  }
}
