import { type BillingCustomer, CUSTOMER_TEXT_MAX } from '@tollgate/contract'

/** NUL and halves of a character, which no database takes as text. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** Who a customer is, in texts that every backend stores: a name is no reason to be without billing. */
export function describeCustomer({ name, email }: BillingCustomer): {
  name: string
  email: string
} {
  return { name: storable(name), email: storable(email) }
}

function storable(text: string): string {
  const clean = text.replaceAll(UNSTORABLE, '')
  // Whole characters: half of one would not be well formed again.
  return clean.length <= CUSTOMER_TEXT_MAX
    ? clean
    : clean.slice(0, CUSTOMER_TEXT_MAX).replace(UNSTORABLE, '')
}
