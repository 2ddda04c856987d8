import { type CustomerId, customerId, RESULT_KEPT_MS } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Far more than one person leaves behind while a result is kept. */
const GUESTS_MAX = 20

/** Which guests have become which account by signing in to it. */
export type GuestTakeovers = {
  /** Remembers that a guest's customer belongs to the account of this user from now on; the first account keeps it. */
  record(takeover: { guest: CustomerId; userId: string }): Promise<void>
  /** The customers of the guests that this account's customer took over while their results were kept, newest first. */
  guestsOf(account: CustomerId): Promise<CustomerId[]>
}

/** Remembers them for as long as a result is kept. */
export function createGuestTakeovers({ database }: { database: Database }): GuestTakeovers {
  return {
    async record({ guest, userId }) {
      await database.query({ ...RECORD, values: [guest, userId, RESULT_KEPT_MS] })
    },
    async guestsOf(account) {
      const values = [account, RESULT_KEPT_MS, GUESTS_MAX]
      const rows = await database.query<{ id: string }>({ ...GUESTS_OF, values })
      return rows.map(({ id }) => customerId(id))
    },
  }
}

const RECORD = {
  name: 'auth_record_takeover',
  text: `
    with forgotten as (
      delete from auth_guest_takeover where taken_over_at < now() - $3 * interval '1 millisecond'
    )
    insert into auth_guest_takeover (guest_customer_id, customer_id)
    select $1, "customerId" from auth_user where id = $2
    on conflict (guest_customer_id) do nothing`,
}

const GUESTS_OF = {
  name: 'auth_guests_of',
  text: `
    select guest_customer_id as id
    from auth_guest_takeover
    where customer_id = $1 and taken_over_at > now() - $2 * interval '1 millisecond'
    order by taken_over_at desc
    limit $3`,
}
