import type { PurchaseRequests } from '@tollgate/api'
import type { Database } from '@tollgate/database'

/** More than one look at a page takes in. */
const SHOWN_MAX = 50

/** Keeps in the database what members ask their owners to buy. */
export function createPurchaseRequests({ database }: { database: Database }): PurchaseRequests {
  return {
    async ask({ organizationId, userId, meter }) {
      const values = [organizationId, userId, meter]
      return (await database.query({ ...ASK, values })).length > 0
    },
    async open(organizationId) {
      const rows = await database.query<RequestRow>({
        ...OPEN,
        values: [organizationId, SHOWN_MAX],
      })
      return rows.map(({ id, name, email, meter, asked_at }) => ({
        id,
        member: name === null || email === null ? null : { name, email },
        meter,
        askedAt: asked_at.toISOString(),
      }))
    },
    async resolve({ organizationId, id }) {
      await database.query({ ...RESOLVE, values: [organizationId, id] })
    },
  }
}

type RequestRow = {
  id: string
  name: string | null
  email: string | null
  meter: string | null
  asked_at: Date
}

const ASK = {
  name: 'auth_ask_owner',
  text: `
    insert into auth_purchase_request (organization_id, user_id, meter)
    values ($1, $2, $3)
    on conflict (organization_id, user_id, asked_on) do nothing
    returning id`,
}

const OPEN = {
  name: 'auth_open_requests',
  text: `
    select r.id, u.name, u.email, r.meter, r.asked_at
    from auth_purchase_request r
    left join auth_user u on u.id = r.user_id
    where r.organization_id = $1 and r.resolved_at is null
    order by r.asked_at desc
    limit $2`,
}

const RESOLVE = {
  name: 'auth_resolve_request',
  text: `
    update auth_purchase_request set resolved_at = now()
    where organization_id = $1 and id = $2 and resolved_at is null`,
}
