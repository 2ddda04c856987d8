import type { Brand } from './brand.ts'

/** Who pays: the id our auth gives a user, and Flowglad's `externalId`. */
export type CustomerId = Brand<string, 'CustomerId'>
/** One user intent, minted by the client and the same on every retry of it. */
export type OperationKey = Brand<string, 'OperationKey'>
/** One billed call of one customer, as the server knows it. */
export type OperationId = Brand<string, 'OperationId'>
/** The id under which Flowglad deduplicates a usage event; derived on the server, never sent by a client. */
export type TransactionId = Brand<string, 'TransactionId'>

/** Flowglad's SDK puts external ids into a path unescaped, so only these characters are safe. */
const CUSTOMER_ID = /^[A-Za-z0-9_-]{1,64}$/
const OPERATION_KEY = /^[A-Za-z0-9_-]{16,64}$/

/** Makes a `CustomerId`; throws `InvalidIdError` unless it is 1–64 of `A-Z a-z 0-9 _ -`. */
export function customerId(value: string): CustomerId {
  if (!isCustomerId(value))
    throw new InvalidIdError('customer id', value, '1–64 of A-Z a-z 0-9 _ -')
  return value
}

/** Whether a value has the shape of a customer id. */
export function isCustomerId(value: string): value is CustomerId {
  return CUSTOMER_ID.test(value)
}

/** Makes an `OperationKey`; throws `InvalidIdError` unless it is 16–64 of `A-Z a-z 0-9 _ -`. */
export function operationKey(value: string): OperationKey {
  if (!isOperationKey(value)) {
    throw new InvalidIdError('operation key', value, '16–64 of A-Z a-z 0-9 _ -')
  }
  return value
}

/** Whether a value has the shape of an operation key. */
export function isOperationKey(value: string): value is OperationKey {
  return OPERATION_KEY.test(value)
}

/** Brands an id that our own database or generator made. */
export function operationId(value: string): OperationId {
  return value as OperationId
}

/** Brands an id that the server derived. */
export function transactionId(value: string): TransactionId {
  return value as TransactionId
}

/** An external id does not have the required shape. */
export class InvalidIdError extends Error {
  override readonly name = 'InvalidIdError'
  readonly code = 'INVALID_ID'

  constructor(kind: string, value: string, rule: string) {
    super(`Not a valid ${kind}: ${JSON.stringify(value.slice(0, 80))}. It must be ${rule}.`)
  }
}
