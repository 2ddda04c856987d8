import type { PurchaseRequests, RequestKind } from '@tollgate/api'
import type { Database } from '@tollgate/database'

/** More than a page shows. */
const SHOWN_MAX = 50

/** Stores what members ask their owners for. */
export function createPurchaseRequests({ database }: { database: Database }): PurchaseRequests {
  return {
    async ask({ organizationId, userId, kind, meter }) {
      const values = [organizationId, userId, kind, meter]
      return (await database.query({ ...ASK, values })).length > 0
    },
    async open(organizationId) {
      const rows = await database.query<RequestRow>({
        ...OPEN,
        values: [organizationId, SHOWN_MAX],
      })
      return rows.map(({ id, kind, member, meter, asked_at }) => ({
        id,
        kind,
        member,
        meter,
        askedAt: asked_at.toISOString(),
      }))
    },
    async resolve({ organizationId, id }) {
      await database.query({ ...RESOLVE, values: [organizationId, id] })
    },
    async resolveRaise({ organizationId, userId, meter }) {
      await database.query({ ...RESOLVE_RAISE, values: [organizationId, userId, meter] })
    },
  }
}

type RequestRow = {
  id: string
  kind: RequestKind
  member: { id: string; name: string; email: string } | null
  meter: string | null
  asked_at: Date
}

const ASK = {
  name: 'auth_ask_owner',
  text: `
    insert into auth_purchase_request (organization_id, user_id, kind, meter, asked_on)
    values ($1, $2, $3, $4, case when $3 = 'purchase' then (now() at time zone 'utc')::date end)
    on conflict do nothing
    returning id`,
}

const OPEN = {
  name: 'auth_open_requests',
  text: `
    select r.id, r.kind, r.meter, r.asked_at,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email) end as member
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

const RESOLVE_RAISE = {
  name: 'auth_resolve_raise',
  text: `
    update auth_purchase_request set resolved_at = now()
    where organization_id = $1 and user_id = $2 and meter = $3 and kind = 'raise_limit' and resolved_at is null`,
}
