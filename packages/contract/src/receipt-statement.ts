import type { CallSubject } from './spend-limit.ts'

/** Where a server publishes the public keys of its receipts, as a JSON Web Key Set. */
export const RECEIPT_KEYS_PATH = '/.well-known/tollgate-receipts.json'

/** The `typ` of a signed receipt, so that no other token signed with the same key is accepted as one. */
export const RECEIPT_TOKEN_TYPE = 'tollgate-receipt+jws'

/** What a signed receipt states: one operation that was charged, or whose result had been charged before. */
export type ReceiptStatement = {
  /** The origin of the server that charged. */
  issuer: string
  /** Who was charged. */
  customerId: string
  operationId: string
  /** The procedure's path: "images.generate". */
  procedure: string
  /** Empty when nothing was charged. */
  charges: { meter: string; amount: number }[]
  /** The operation that was charged for the same result, if there is one. */
  chargedBy: string | null
  /** The subjects that the call was made by or for, besides the customer: a member, an API key, runs. Absent from older receipts. */
  subjects?: CallSubject[]
  /** ISO instant of the charge. */
  at: string
}

/** Signs a receipt statement as a compact JSON Web Signature. */
export type SignReceipt = (statement: Omit<ReceiptStatement, 'issuer'>) => string
