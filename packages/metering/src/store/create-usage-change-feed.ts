import { customerId, type BalanceUpdate, type CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import type { AccountRow } from './account-row.ts'
import { callPerBucket, callRoutine } from './call-routine.ts'
import { byBucket, type MeteringDatabase, openMeteringDatabase } from './metering-database.ts'

/** A customer whose usage or grants changed, in its state when claimed. */
export type UsageChange = {
  customerId: CustomerId
  /** Identifies the change to acknowledge; different for every change. */
  changeId: string
  /** ISO instants of the billing period; null without one. */
  periodStart: string | null
  resetsAt: string | null
  meters: BalanceUpdate[]
}

/**
 * Usage changes that the billing backend has acknowledged, each at least once: unacknowledged changes are claimed again. Any number of
 * processes may consume the feed; billed calls do not write to it.
 */
export type UsageChangeFeed = {
  /** Claims changed customers, longest wait first; `limit` applies per bucket. */
  claim(options: { limit: number; claimMs: number }): Promise<UsageChange[]>
  /** Acknowledges changes that were handled. */
  acknowledge(changes: readonly UsageChange[]): Promise<void>
}

/** Makes a consumer of usage changes; a database has one feed, for one kind of consumer. */
export function createUsageChangeFeed(options: { database: Database }): UsageChangeFeed {
  let opened: Promise<MeteringDatabase> | null = null
  const open = async () => {
    opened ??= openMeteringDatabase(options.database)
    try {
      return await opened
    } catch (error) {
      opened = null
      throw error
    }
  }
  return {
    async claim({ limit, claimMs }) {
      const args = [limit, claimMs]
      const rows = await callPerBucket<ChangeRow[]>(await open(), 'claim_usage_changes', args)
      return rows.flat().map(toChange)
    },
    async acknowledge(changes) {
      const database = await open()
      for (const [bucket, group] of byBucket(database, changes)) {
        await callRoutine(database, 'acknowledge_usage_changes', [
          bucket,
          group.map((change) => change.customerId),
          group.map((change) => change.changeId),
        ])
      }
    },
  }
}

type ChangeRow = {
  customerId: string
  changeId: string
  periodStart: string | null
  resetsAt: string | null
  asOf: string
  accounts: AccountRow[]
}

function toChange({ accounts, asOf, ...row }: ChangeRow): UsageChange {
  return {
    ...row,
    customerId: customerId(row.customerId),
    meters: accounts.map((account) => toBalanceUpdate(account, new Date(asOf).toISOString())),
  }
}
