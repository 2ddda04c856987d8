import type { BillingCustomer } from '@tollgate/contract'

/** What backends store of a name or an address; a longer one is refused by them, and the customer with it. */
const TEXT_MAX = 500
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
  return clean.length <= TEXT_MAX ? clean : clean.slice(0, TEXT_MAX).replace(UNSTORABLE, '')
}
