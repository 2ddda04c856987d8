import type { CallSubject } from './spend-limit.ts'

/** Where a server publishes the public keys of its receipts, as a JSON Web Key Set. */
export const RECEIPT_KEYS_PATH = '/.well-known/tollgate-receipts.json'

/** The `typ` of a signed receipt, so that no other token of the same key passes for one. */
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
  /** Whom the call was made by or for, beside the customer: a member, an API key, runs. Receipts that were signed earlier do not say. */
  subjects?: CallSubject[]
  /** ISO instant of the charge. */
  at: string
}

/** Signs what a receipt states: a JSON Web Signature in its compact form. */
export type SignReceipt = (statement: Omit<ReceiptStatement, 'issuer'>) => string
