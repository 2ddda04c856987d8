import { type CustomerId, customerId, RESULT_KEPT_MS } from '@tollgate/contract'
import type { Database } from '@tollgate/database'

/** Far more than one person leaves behind within the retention of results. */
const GUESTS_MAX = 20

/** Which guests were merged into which account at sign-in. */
export type GuestTakeovers = {
  /** Records that a guest's customer now belongs to this user's account; the first account keeps it. */
  record(takeover: { guest: CustomerId; userId: string }): Promise<void>
  /** The customers of guests that were merged into this account within the retention of results, newest first. */
  guestsOf(account: CustomerId): Promise<CustomerId[]>
}

/** Records them for as long as results are kept. */
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
