import { type BillingCustomer, CUSTOMER_TEXT_MAX } from '@tollgate/contract'

/** NUL and lone surrogates, which no database accepts in text. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** A customer's name and address in a form that every backend stores: an unusual name must not prevent billing. */
export function describeCustomer({ name, email }: BillingCustomer): {
  name: string
  email: string
} {
  return { name: storable(name), email: storable(email) }
}

function storable(text: string): string {
  const clean = text.replaceAll(UNSTORABLE, '')
  // Cuts between code points: half a surrogate pair would not be well formed.
  return clean.length <= CUSTOMER_TEXT_MAX
    ? clean
    : clean.slice(0, CUSTOMER_TEXT_MAX).replace(UNSTORABLE, '')
}
