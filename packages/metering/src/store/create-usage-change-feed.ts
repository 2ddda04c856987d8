import { customerId, type BalanceUpdate, type CustomerId } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { toBalanceUpdate } from '../balance/to-balance-update.ts'
import type { AccountRow } from './account-row.ts'
import { callPerBucket, callRoutine } from './call-routine.ts'
import { byBucket, type MeteringDatabase, openMeteringDatabase } from './metering-database.ts'

/** A customer whose usage or grants changed, as it stands when it is claimed. */
export type UsageChange = {
  customerId: CustomerId
  /** Which change is acknowledged; another one with every change. */
  changeId: string
  /** ISO instants of the billing period; null without one. */
  periodStart: string | null
  resetsAt: string | null
  meters: BalanceUpdate[]
}

/**
 * Changes of usage, once the billing backend has them, each at least once: what is not acknowledged is claimed again. Any number of
 * processes may consume it; it is written off the path of a billed call.
 */
export type UsageChangeFeed = {
  /** Claims customers that changed, those that wait longest first; `limit` counts per bucket. */
  claim(options: { limit: number; claimMs: number }): Promise<UsageChange[]>
  /** Says that these changes were acted upon. */
  acknowledge(changes: readonly UsageChange[]): Promise<void>
}

/** Makes a consumer of usage changes; there is one feed per database, for one kind of consumer. */
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
