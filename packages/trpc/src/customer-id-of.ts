import { hash } from 'node:crypto'
import { customerId, type CustomerId, isCustomerId } from '@tollgate/contract'
import { SetupError } from '@tollgate/metering'

/**
 * The customer id of an application's own id, which is Flowglad's external id: the id itself where it is 1–64 of `A-Z a-z 0-9 _ -`, and
 * one derived from it for any other, such as "auth0|1" or an e-mail address. The same id always has the same one.
 *
 * @example
 * const user = await users.findBy({ customerId: customerIdOf('auth0|1') })
 */
export function customerIdOf(id: string): CustomerId {
  if (typeof id !== 'string' || id === '') throw new SetupError(NO_ID)
  // One that looks derived is derived again: a user who may choose an id could otherwise choose another's.
  if (isCustomerId(id) && !DERIVED.test(id)) return id
  return customerId(`id_${hash('sha256', id, 'base64url')}`)
}

const DERIVED = /^id_[A-Za-z0-9_-]{43}$/
const NO_ID =
  'A customer has no `id`. createBilling({ customer }) must give the user’s own id, as a string: ({ id: String(user.id), email: user.email }).'
