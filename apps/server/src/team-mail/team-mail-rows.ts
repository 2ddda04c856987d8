import type { RequestKind } from '@tollgate/api'
import type { AlertLanguage } from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import type { DeliveryOutcome } from '../deliveries/create-deliverer.ts'

/** An e-mail about an organization that is due; read when it is sent, so that its content is current. */
export type TeamMail = {
  mailId: string
  /** The number of attempts, including this one. */
  attempts: number
  /** Null while the recipient of a request has not verified the address; invitations go to unverified addresses. */
  to: string | null
  /** The recipient's language, if known. */
  language: AlertLanguage
  team: string
  /** Who sends the invitation or request. */
  from: string
  /** Null once the invitation has ended or the request is closed. */
  about:
    | { kind: 'invitation'; id: string; role: string }
    | { kind: RequestKind; meter: string | null }
    | null
}

/** Claims due e-mail for a while, oldest first; other processes skip it meanwhile. */
export function claimTeamMail(
  database: Database,
  claim: { limit: number; claimMs: number },
): Promise<TeamMail[]> {
  return database.query<TeamMail>({
    name: 'claim-team-mail',
    text: `with due as (
             select mail_id from auth_mail where due_at <= now() order by due_at limit $1 for update skip locked
           ),
           claimed as (
             update auth_mail m set due_at = now() + $2 * interval '1 millisecond', attempts = m.attempts + 1
             from due where m.mail_id = due.mail_id
             returning m.mail_id, m.attempts, m.invitation_id, m.request_id, m.recipient_id
           )
           select c.mail_id as "mailId", c.attempts, i.email as "to", coalesce(p.language, pi.language, 'en') as language,
             o.name as team, u.name as "from",
             case when i.status = 'pending' and i."expiresAt" > now()
               then jsonb_build_object('kind', 'invitation', 'id', i.id, 'role', i.role) end as about
           from claimed c
           join auth_invitation i on i.id = c.invitation_id
           join auth_organization o on o.id = i."organizationId"
           join auth_user u on u.id = i."inviterId"
           left join auth_user r on r.email = i.email
           left join alert_preference p on p.customer_id = r."customerId"
           left join alert_preference pi on pi.customer_id = u."customerId"
           union all
           select c.mail_id, c.attempts, case when r."emailVerified" then r.email end, coalesce(p.language, 'en'), o.name, coalesce(u.name, '?'),
             case when q.resolved_at is null then jsonb_build_object('kind', q.kind, 'meter', q.meter) end
           from claimed c
           join auth_purchase_request q on q.id = c.request_id
           join auth_organization o on o.id = q.organization_id
           join auth_user r on r.id = c.recipient_id
           left join auth_user u on u.id = q.user_id
           left join alert_preference p on p.customer_id = r."customerId"`,
    values: [claim.limit, claim.claimMs],
  })
}

/** Records the outcome of an attempt: delivered, to be retried later, or given up. */
export async function recordTeamMail(
  database: Database,
  { mailId }: Pick<TeamMail, 'mailId'>,
  { failure, retryAfterMs }: DeliveryOutcome,
): Promise<void> {
  await database.query({
    name: 'record-team-mail',
    text: `update auth_mail
           set due_at = now() + $2::bigint * interval '1 millisecond', failure = $3,
               delivered_at = case when $3::text is null then now() end
           where mail_id = $1 and delivered_at is null`,
    values: [mailId, retryAfterMs, failure],
  })
}
