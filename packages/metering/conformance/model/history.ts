import type { Receipt } from '@tollgate/contract'
import type { ProviderCall } from '../../src/provider-cost.ts'
import type { Plan } from './plan.ts'

/** One try of one client with one key, as the client saw it. */
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
  /** Turns at which the work was begun for this try: never more than one. */
  worked: number[]
  /** Operations that its work ran as. */
  operationIds: string[]
  /** What the client holds in its hands: chunks of a stream, and what they cost so far. */
  emitted: number
  outcome: string | null
  output: string | null
  receipt: Receipt | null
  /** What its work was given to use, by meter. */
  holds: Readonly<Partial<Record<string, number>>>
  /** What its work said of providers, and what they said after its end. */
  providerCalls: ProviderCall[]
  lateCalls: ProviderCall[]
  /** What it was refused for: what it needed of a meter, and what was left. */
  refusal: { meter: string; required: number; left: number } | null
}

/** Turns from a backup up to the restore that went back to it. */
export type LostTime = { from: number; until: number }

/** An operation that was charged, as the ledger has it. */
export type SettledOperation = {
  scope: string | null
  operationId: string
  state: string
  charges: Record<string, number>
}
