import type { AccountOwner } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import type { ExportLine } from './export-line.ts'

/** The user's or organization's identity, sessions, keys, memberships and invitations. */
export async function readPerson(
  database: Database,
  { userId, organizationId }: AccountOwner,
): Promise<ExportLine[]> {
  const id = organizationId ?? userId
  const statements = organizationId === null ? OF_PERSON : OF_ORGANIZATION
  const lines: ExportLine[] = []
  for (const [kind, text] of Object.entries(statements)) {
    const rows = await database.query({ name: `export-${kind}`, text, values: [id] })
    lines.push(...rows.map((row) => ({ kind, ...row })))
  }
  return lines
}

/** Alerts and alert preferences. */
export async function readAlerts(database: Database, customerId: string): Promise<ExportLine[]> {
  const alerts = await database.query({
    name: 'export-alerts',
    text: `select alert_id as "alertId", subject, meter, threshold, used, granted, raised_at as "raisedAt", read_at as "readAt",
             dismissed_at as "dismissedAt"
           from alert where customer_id = $1 order by raised_at, alert_id`,
    values: [customerId],
  })
  const preferences = await database.query({
    name: 'export-alert-preferences',
    text: `select thresholds, language, email, webhook_url as "webhookUrl", updated_at as "updatedAt"
           from alert_preference where customer_id = $1`,
    values: [customerId],
  })
  return [
    ...preferences.map((row) => ({ kind: 'alertPreferences', ...row })),
    ...alerts.map((row) => ({ kind: 'alert', ...row })),
  ]
}

const OF_PERSON = {
  account: `
    select id, name, email, image, "isAnonymous" as "isGuest", "customerId", "createdAt" from auth_user where id = $1`,
  session: `
    select "ipAddress", "userAgent", "createdAt", "expiresAt" from auth_session where "userId" = $1 order by "createdAt"`,
  membership: `
    select o.name as organization, m.role, m."createdAt" from auth_member m
    join auth_organization o on o.id = m."organizationId" where m."userId" = $1 order by m."createdAt"`,
  apiKey: `
    select id, name, hint, procedures, meters, created_at as "createdAt", expires_at as "expiresAt",
      last_used_at as "lastUsedAt", revoked_at as "revokedAt"
    from auth_api_key where user_id = $1 order by created_at`,
}

const OF_ORGANIZATION = {
  organization: `
    select id, name, "billingEmail", "customerId", "createdAt" from auth_organization where id = $1`,
  member: `
    select u.name, u.email, m.role, m."createdAt" from auth_member m
    join auth_user u on u.id = m."userId" where m."organizationId" = $1 order by m."createdAt"`,
  invitation: `
    select email, role, status, "createdAt", "expiresAt" from auth_invitation where "organizationId" = $1 order by "createdAt"`,
}
