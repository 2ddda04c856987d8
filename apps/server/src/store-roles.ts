import type { RestrictedRole } from '@tollgate/database'

/** Charges, holds and usage events; their recorded usage is immutable. Only `age_operations` deletes operations. */
export const METERING_ROLE = {
  name: 'tollgate_metering',
  grants: [
    { privileges: 'usage', on: 'schema metering' },
    { privileges: 'select, insert, update, delete', on: 'all tables in schema metering' },
  ],
  facts: [
    {
      schema: 'metering',
      table: 'operation',
      columns: ['bucket', 'operation_id', 'customer_id', 'fingerprint', 'procedure', 'created_at'],
      deletable: false,
    },
    {
      schema: 'metering',
      table: 'outbox',
      columns: ['bucket', 'operation_id', 'customer_id', 'meter', 'amount', 'occurred_at'],
      // Deletable once the backend has acknowledged it; a trigger prevents deleting what was never sent.
      deletable: true,
    },
    {
      schema: 'metering',
      table: 'landed_transaction',
      columns: ['bucket', 'operation_id', 'meter', 'transaction_id'],
      deletable: false,
    },
    {
      schema: 'metering',
      table: 'balance_change',
      columns: [
        'bucket',
        'change_id',
        'customer_id',
        'meter',
        'reason',
        'name',
        'amount',
        'balance_after',
        'changed_at',
      ],
      deletable: false,
    },
    {
      schema: 'metering',
      table: 'aged_key',
      columns: ['bucket', 'key', 'operation_id'],
      deletable: false,
    },
    {
      schema: 'metering',
      table: 'provider_cost',
      // The remaining columns of an estimate are replaced once; a trigger protects reported costs.
      columns: ['bucket', 'operation_id', 'fence', 'provider', 'model'],
      deletable: false,
    },
    {
      schema: 'metering',
      table: 'operator_change',
      columns: [
        'bucket',
        'change_id',
        'changed_at',
        'operator',
        'via',
        'action',
        'reason',
        'customer_id',
        'operation_id',
        'transaction_id',
        'before',
        'after',
      ],
      deletable: false,
    },
    { schema: 'metering', table: 'bucket', columns: ['bucket'], deletable: false },
  ],
} as const satisfies RestrictedRole

/** Users, sessions and the limits of sign-in. */
export const SIGN_IN_ROLE = {
  name: 'tollgate_sign_in',
  grants: [
    { privileges: 'usage', on: 'schema public' },
    {
      privileges: 'select, insert, update, delete',
      on: 'table auth_user, auth_session, auth_account, auth_verification, auth_rate_limit, auth_limit, auth_guest_takeover, auth_organization, auth_member, auth_invitation, auth_purchase_request, auth_api_key, auth_run, auth_mail',
    },
    // Operators are made by a command, on the owner's connection; the server itself cannot.
    { privileges: 'select', on: 'table auth_operator_change' },
    { privileges: 'select (customer_id, language)', on: 'table alert_preference' },
    { privileges: 'select, insert', on: 'table erasure' },
  ],
} as const satisfies RestrictedRole

/** Webhook events, alerts, and the users and organizations of their customers. */
export const SERVER_ROLE = {
  name: 'tollgate_server',
  grants: [
    { privileges: 'usage', on: 'schema public' },
    { privileges: 'select, insert, update, delete', on: 'table flowglad_event' },
    { privileges: 'select, update', on: 'table erasure' },
    {
      privileges: 'select, insert, update, delete',
      on: 'table alert, alert_delivery, alert_preference, alert_dismissed_prompt, alert_read',
    },
    {
      privileges: 'select (id, name, email, "emailVerified", "customerId", "isAnonymous")',
      on: 'table auth_user',
    },
    { privileges: 'select (name, "billingEmail", "customerId")', on: 'table auth_organization' },
    { privileges: 'select', on: 'table auth_operator_change' },
  ],
} as const satisfies RestrictedRole
