import type { BillingCustomer } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { callPerBucket } from '../store/call-routine.ts'

/** Each customer is a separate request, concurrent with deliveries. */
const SYNC_BATCH = 10

/** Syncs customers whose events cannot be delivered or whose balance is doubtful, and who may not call again. */
export type WaitingSync = {
  /** Reads one batch; returns how many could be read. */
  once(): Promise<number>
  /** The same, concurrently with deliveries: a slow read of one customer must not hold up the events of the others. */
  start(): void
  ended(): Promise<unknown>
}

/** Makes the sync of waiting customers. */
export function createWaitingSync(context: MeteringContext): WaitingSync {
  let syncing: Promise<unknown> | null = null
  return {
    once: () => syncBatch(context),
    start() {
      syncing ??= syncBatch(context)
        .catch((error: unknown) => {
          context.logger.warn({ error }, 'billing sync: waiting customers not looked up, retrying')
        })
        .finally(() => {
          syncing = null
        })
    },
    ended: async () => syncing,
  }
}

async function syncBatch(context: MeteringContext): Promise<number> {
  const { database, policy, logger } = context
  const { first, longest } = policy.backoffMs
  const args = [SYNC_BATCH, policy.freshForMs, first, longest]
  const taken = await callPerBucket<BillingCustomer[]>(database, 'take_customers_to_sync', args)
  // Concurrently, because one that cannot be read must not delay the others.
  const read = await Promise.all(
    taken.flat().map((customer) =>
      context.sync(customer).then(
        () => true,
        (error: unknown) => {
          const { customerId } = customer
          logger.warn(
            { error, customerId },
            'billing sync: customer not read, retrying after a pause',
          )
          return false
        },
      ),
    ),
  )
  return read.filter(Boolean).length
}
