import type { ProviderCost } from '../provider-cost.ts'
import type { AccountRow } from './account-row.ts'

/** One call to place. */
export type PlaceElement = {
  customerId: string
  name: string
  email: string
  /** Also identifies the placement, so that one whose answer was lost recognizes itself on retry. */
  operationId: string
  procedure: string
  /** `operationKeyOf` the call, which finds an earlier operation. */
  key: string
  /** `fingerprint` of the input. */
  fingerprint: string
  feature: string | null
  /** `subjectsText` of the call's subjects. */
  subjects: string | null
  leaseMs: number
  deadlineMs: number
  /** With `least`, holds what is available, from `least` up to `hold`. */
  charges: { meter: string; hold: number; least?: number }[]
  /** Holds less only because of a limit, not the balance: the backend has not been read yet. */
  limitsOnly?: true
}

/** The result of placing one call. */
export type PlaceResult =
  | {
      outcome: 'placed'
      operationId: string
      fence: number
      attempt: number
      takenOver: boolean
      due: boolean
      /** What is held per meter; omitted when it is what was requested. */
      holds?: Partial<Record<string, number>>
    }
  | {
      outcome: 'replay'
      operationId: string
      result: string
      at: string
      asOf: string
      charges: { meter: string; amount: number }[]
      accounts: AccountRow[]
      /** The operation that was charged for the same result. */
      chargedBy?: string | null
    }
  | ({ outcome: 'insufficient'; meter: string; required: number; available: number } & Doubt)
  | {
      outcome: 'capped'
      meter: string
      required: number
      cap: number
      left: number
      renewsAt: string
    }
  | {
      outcome: 'limited'
      /** Parsed by `parseSubject`. */
      subject: string
      meter: string
      required: number
      amount: number
      left: number
      renewsAt: string | null
    }
  | { outcome: 'key_reused'; firstSeenAt: string }
  | { outcome: 'result_gone' | 'poisoned'; operationId: string }
  | ({ outcome: 'not_in_plan' } & Doubt)
  | { outcome: 'in_progress' | 'stale' }

/** Whether the last sync has become doubtful: the backend must be read before this is certain. */
type Doubt = { doubtful?: true }

/** Identifies one attempt of one operation: a write with an older fence does nothing. */
export type OperationRef = {
  customerId: string
  operationId: string
  fence: number
  /** The meter of its hold, whose account is locked before the operation is read; null when there are several. */
  meter: string | null
}

/** One operation to release; `costs` are its attempt's provider costs, omitted when there are none. */
export type ReleaseElement = OperationRef & { costs?: readonly ProviderCost[] }

/** One operation to settle; a meter missing from `amounts` costs what was held. */
export type SettleElement = ReleaseElement & {
  amounts: Partial<Record<string, number>>
  resultKeptMs: number
  /** The stored answer as JSON, or null when there is nothing to store. */
  result: string | null
  /** Nothing is charged if an operation with the same key was. */
  chargeKey?: string
}

/** The result of settling one operation. */
export type SettleResult =
  | {
      outcome: 'settled'
      at: string
      asOf: string
      late: boolean
      overrun: number
      charges: { meter: string; amount: number }[]
      accounts: AccountRow[]
      /** The operation that was charged for the same result. */
      chargedBy?: string | null
    }
  | { outcome: 'lost' | 'hold_expired' }

/** The result of releasing one hold; `lost` when another attempt or the sweeper ended it first. */
export type ReleaseResult = { outcome: 'released' | 'lost'; accounts: AccountRow[]; asOf: string }

/** An element of a batch. */
export type BatchElement =
  | ({ kind: 'place' } & PlaceElement)
  | ({ kind: 'settle' } & SettleElement)
  | ({ kind: 'release' } & ReleaseElement)

/** An element that ends an operation. */
export type EndElement = Exclude<BatchElement, { kind: 'place' }>

/** An element of the common case: one meter, and the position of its account in the batch, from 1. */
export type CommonElement<Element extends BatchElement = BatchElement> = {
  element: Element
  meter: string
  account: number
}

/** The name of a batch in traces and tests: ends take precedence over calls. */
export function labelOf(elements: readonly BatchElement[]): BatchElement['kind'] {
  if (elements.some(({ kind }) => kind === 'release')) return 'release'
  return elements.some(({ kind }) => kind === 'settle') ? 'settle' : 'place'
}

/** The answer to one element of a batch. */
export type BatchResult =
  | { kind: 'place'; answer: PlaceResult }
  | { kind: 'settle'; answer: SettleResult }
  | { kind: 'release'; answer: ReleaseResult }
