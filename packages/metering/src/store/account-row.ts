import type { BalanceSource } from '@tollgate/contract'

/** One account as the database returns it; available = syncedBalance − unsynced − held. */
export type AccountRow = {
  meter: string
  syncedBalance: number
  unsynced: number
  held: number
  granted: number
  unlimited: boolean
  version: number
}

/** An account with the sources of its credits. */
export type AccountRowWithSources = AccountRow & { breakdown: BalanceSource[] }
