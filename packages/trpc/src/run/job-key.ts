import { hash } from 'node:crypto'
import { type OperationKey, operationKey } from '@tollgate/contract'

/**
 * The operation key of a job: the same for every delivery, so that it is charged once however often it is delivered.
 *
 * @example
 * await billing.run({ customer, key: jobKey('render', job.id), operation: 'jobs.render', charges: { renders: 1 } }, work)
 */
export function jobKey(queue: string, id: string | number): OperationKey {
  return operationKey(hash('sha256', `${queue}\n${id}`, 'base64url'))
}
