import type { RestrictedRole } from '@tollgate/database'

/** Charges, holds and usage events; what a usage event says was used can never be changed. */
export const METERING_ROLE = {
  name: 'tollgate_metering',
  grants: [
    { privileges: 'usage', on: 'schema metering' },
    { privileges: 'select, insert, update, delete', on: 'all tables in schema metering' },
  ],
  appendOnly: {
    schema: 'metering',
    table: 'usage_event',
    facts: ['customer_id', 'transaction_id', 'operation_id', 'meter', 'amount', 'occurred_at'],
  },
} as const satisfies RestrictedRole

/** Users, sessions and what bounds sign-in. */
export const SIGN_IN_ROLE = {
  name: 'tollgate_sign_in',
  grants: [
    { privileges: 'usage', on: 'schema public' },
    {
      privileges: 'select, insert, update, delete',
      on: 'table auth_user, auth_session, auth_account, auth_verification, auth_rate_limit, auth_limit',
    },
  ],
} as const satisfies RestrictedRole

/** Webhook events, and whose customer they are about. */
export const SERVER_ROLE = {
  name: 'tollgate_server',
  grants: [
    { privileges: 'usage', on: 'schema public' },
    { privileges: 'select, insert, update, delete', on: 'table flowglad_event' },
    { privileges: 'select (id, name, email, "customerId")', on: 'table auth_user' },
  ],
} as const satisfies RestrictedRole
