import type { ProviderCost } from '../provider-cost.ts'
import type { AccountRow } from './account-row.ts'

/** One call to place. */
export type PlaceElement = {
  customerId: string
  name: string
  email: string
  /** Also identifies one placing among others, so that a placing whose answer was lost finds itself again. */
  operationId: string
  procedure: string
  /** `operationKeyOf` the call: by it an earlier operation is found. */
  key: string
  /** Of the input, by `fingerprint`. */
  fingerprint: string
  feature: string | null
  /** `subjectsText` of whom the call is made by or for. */
  subjects: string | null
  leaseMs: number
  deadlineMs: number
  /** With `least`, what is there is held, from it up to `hold`. */
  charges: { meter: string; hold: number; least?: number }[]
  /** Holds less for the sake of a limit alone: the backend has not been asked what the balance is. */
  limitsOnly?: true
}

/** What placing one call came to. */
export type PlaceResult =
  | {
      outcome: 'placed'
      operationId: string
      fence: number
      attempt: number
      takenOver: boolean
      due: boolean
      /** What is held per meter; left out where it is what was asked for. */
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
      /** As `parseSubject` reads it. */
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

/** Whether something has made the last reading doubtful: the backend has to be asked before this is certain. */
type Doubt = { doubtful?: true }

/** Names one attempt of one operation: a write with an older fence does nothing. */
export type OperationRef = {
  customerId: string
  operationId: string
  fence: number
  /** The meter it holds of, or null when there are several: by it the account is locked before the operation is read. */
  meter: string | null
}

/** One operation to release; `costs` is what its attempt has cost at providers, left out when that is nothing. */
export type ReleaseElement = OperationRef & { costs?: readonly ProviderCost[] }

/** One operation to settle; a meter missing from `amounts` costs what was held. */
export type SettleElement = ReleaseElement & {
  amounts: Partial<Record<string, number>>
  resultKeptMs: number
  /** The stored answer as JSON, or null when there is nothing to store. */
  result: string | null
  /** Nothing is charged when an operation with the same one was. */
  chargeKey?: string
}

/** What settling one operation came to. */
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

/** What giving one hold back came to; `lost` when another attempt or the sweeper had ended it. */
export type ReleaseResult = { outcome: 'released' | 'lost'; accounts: AccountRow[]; asOf: string }

/** What can go in one batch. */
export type BatchElement =
  | ({ kind: 'place' } & PlaceElement)
  | ({ kind: 'settle' } & SettleElement)
  | ({ kind: 'release' } & ReleaseElement)

/** An element that ends an operation. */
export type EndElement = Exclude<BatchElement, { kind: 'place' }>

/** An element of the common case: one meter, and which of the batch's accounts it is of, a position from 1. */
export type CommonElement<Element extends BatchElement = BatchElement> = {
  element: Element
  meter: string
  account: number
}

/** What a batch is called in traces and tests: an end is of more consequence than a beginning. */
export function labelOf(elements: readonly BatchElement[]): BatchElement['kind'] {
  if (elements.some(({ kind }) => kind === 'release')) return 'release'
  return elements.some(({ kind }) => kind === 'settle') ? 'settle' : 'place'
}

/** The answer to one element of a batch. */
export type BatchResult =
  | { kind: 'place'; answer: PlaceResult }
  | { kind: 'settle'; answer: SettleResult }
  | { kind: 'release'; answer: ReleaseResult }
