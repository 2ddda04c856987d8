import type { Receipt } from '@tollgate/contract'
import type { ProviderCall } from '../../src/provider-cost.ts'
import type { Plan } from './plan.ts'

/** One attempt of one client with one key, as the client saw it. */
export type Attempt = {
  id: number
  plan: Plan
  process: string
  beganAt: number
  /** How far the database's clock had been moved when it began, in milliseconds. */
  beganPassed: number
  endedAt: number | null
  /** How far the database's clock had been moved when it ended, in milliseconds. */
  passed: number
  /** Turns at which the work began for this attempt: at most one. */
  worked: number[]
  /** The operations under which its work ran. */
  operationIds: string[]
  /** What the client has received: chunks of a stream and their cost so far. */
  emitted: number
  outcome: string | null
  output: string | null
  receipt: Receipt | null
  /** The credits held for its work, by meter. */
  holds: Readonly<Partial<Record<string, number>>>
  /** The provider calls that its work reported, and the corrections after its end. */
  providerCalls: ProviderCall[]
  lateCalls: ProviderCall[]
  /** Why it was refused: what it needed of a meter, and what was left. */
  refusal: { meter: string; required: number; left: number } | null
}

/** The turns from a backup to the restore of it. */
export type LostTime = { from: number; until: number }

/** A charged operation in the ledger. */
export type SettledOperation = {
  scope: string | null
  operationId: string
  state: string
  charges: Record<string, number>
}
