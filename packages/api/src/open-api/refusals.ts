import { BILLING_ERROR_STATUS, type BillingErrorKind } from '@tollgate/contract'

/** What each refusal says besides `kind` and `message`. */
const FIELDS: Record<BillingErrorKind, Record<string, object>> = {
  not_signed_in: { actions: { $ref: '#/components/schemas/Actions' } },
  key_missing: {},
  key_invalid: {},
  insufficient_credits: {
    error: { const: 'insufficient_credits' },
    meter: { type: 'string' },
    required: { type: 'integer' },
    availableBalance: { type: 'integer' },
    upgradeUrl: { type: 'string' },
    resetsAt: { type: ['string', 'null'], format: 'date-time' },
    actions: { $ref: '#/components/schemas/Actions' },
    charged: { const: false },
  },
  spend_cap: {
    meter: { type: 'string' },
    required: { type: 'integer' },
    cap: { type: 'integer' },
    left: { type: 'integer' },
    resetsAt: { type: 'string', format: 'date-time' },
    actions: { $ref: '#/components/schemas/Actions' },
    charged: { const: false },
  },
  not_in_plan: {
    feature: { type: 'string' },
    upgradeUrl: { type: 'string' },
    actions: { $ref: '#/components/schemas/Actions' },
  },
  in_progress: { retryAfterMs: { type: 'integer' } },
  hold_expired: { charged: { const: false } },
  key_reused: { firstSeenAt: { type: 'string', format: 'date-time' } },
  result_gone: { operationId: { type: 'string' } },
  rate_limited: { retryAfterMs: { type: 'integer' } },
  billing_unavailable: { retryAfterMs: { type: 'integer' } },
  outcome_unknown: { retryAfterMs: { type: 'integer' } },
}

/** The answers of a call that are not its result: one entry per status, with every kind it can carry; all kinds when none are named. */
export function refusalResponses(only?: readonly BillingErrorKind[]): Record<string, object> {
  const kinds = Object.entries(BILLING_ERROR_STATUS).filter(
    ([kind]) => only === undefined || only.some((named) => named === kind),
  )
  const statuses = [...new Set(kinds.map(([, status]) => status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const names = kinds.filter(([, own]) => own === status).map(([kind]) => kind)
      const schemas = names.map((kind) => ({ $ref: `#/components/schemas/${kind}` }))
      const billing =
        status === 400 ? { anyOf: [...schemas, { type: 'null' }] } : { anyOf: schemas }
      return [
        String(status),
        {
          description: `Not done, not charged by this call: ${names.join(', ')}`,
          content: { 'application/json': { schema: envelope(billing) } },
        },
      ]
    }),
  )
}

/** The schema of every kind of refusal by its name, and of the refusal actions. */
export function refusalSchemas(): Record<string, object> {
  const refusals = Object.entries(FIELDS).map(([kind, fields]) => [
    kind,
    {
      type: 'object',
      required: ['kind', 'message', ...Object.keys(fields)],
      properties: { kind: { const: kind }, message: { type: 'string' }, ...fields },
    },
  ])
  return {
    ...Object.fromEntries(refusals),
    Actions: {
      type: 'array',
      description:
        'What a person can do next, the primary one first. Show nothing for a type you do not know.',
      items: { type: 'object', required: ['type'], properties: { type: { type: 'string' } } },
    },
  }
}

function envelope(billing: object): object {
  const data = {
    type: 'object',
    required: ['code', 'httpStatus', 'billing'],
    properties: { code: { type: 'string' }, httpStatus: { type: 'integer' }, billing },
  }
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['message', 'data'],
        properties: { message: { type: 'string' }, data },
      },
    },
  }
}
