/** Request header with the operation key; per call of a batch: comma-separated, by index. */
export const OPERATION_KEY_HEADER = 'Idempotency-Key'
/** Accepted in place of `Idempotency-Key` when a caller already sends a stable one. */
export const OPERATION_KEY_FALLBACK_HEADER = 'X-Request-Id'
/** `true` on the stored answer of an earlier call with the same key. */
export const REPLAYED_HEADER = 'Idempotency-Replayed'
/** The id of the operation an answer belongs to. */
export const OPERATION_ID_HEADER = 'X-Operation-Id'
/** What a billed answer cost, as JSON: `{"charges":[{"meter","amount"}],"at"}`. */
export const RECEIPT_HEADER = 'X-Billing-Receipt'
/** Request header with the account that the caller expects to act for; the call is refused when its session acts for a different one. */
export const ACTING_FOR_HEADER = 'X-Acting-For'
