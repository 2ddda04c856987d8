import { hash } from 'node:crypto'
import { customerId, type CustomerId, isCustomerId } from '@tollgate/contract'
import { SetupError } from '@tollgate/metering'

/**
 * The customer id of an application's own id, also Flowglad's external id: the id itself if it is 1–64 of `A-Z a-z 0-9 _ -`, otherwise
 * one derived from it, as for "auth0|1" or an email address. The same id always gives the same one.
 *
 * @example
 * const user = await users.findBy({ customerId: customerIdOf('auth0|1') })
 */
export function customerIdOf(id: string): CustomerId {
  if (typeof id !== 'string' || id === '') throw new SetupError(NO_ID)
  // An id that looks derived is derived again, so that a user who can choose an id cannot take another's.
  if (isCustomerId(id) && !DERIVED.test(id)) return id
  return customerId(`id_${hash('sha256', id, 'base64url')}`)
}

const DERIVED = /^id_[A-Za-z0-9_-]{43}$/
const NO_ID =
  'A customer has no `id`. createBilling({ customer }) must give the user’s own id, as a string: ({ id: String(user.id), email: user.email }).'
