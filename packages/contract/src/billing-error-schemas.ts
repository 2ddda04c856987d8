import { z } from 'zod'
import type { BillingError, BillingErrorKind } from './billing-error.ts'
import { instantSchema } from './instant-schema.ts'
import { isSubjectId, type LimitSubject } from './spend-limit.ts'

/** What a person can do next; open, because a newer server may offer actions that an older client does not know. */
export const billingActionsSchema = z
  .array(z.looseObject({ type: z.string() }))
  .describe(
    'What a person can do next, the primary one first. Show nothing for a type you do not know.',
  )

/** The subject of a limit. */
const limitSubjectSchema: z.ZodType<LimitSubject> = z.union([
  z.object({ kind: z.literal('customer') }),
  z.object({ kind: z.enum(['member', 'key', 'run']), id: z.string().refine(isSubjectId) }),
])

const actions = billingActionsSchema
const charged = z.literal(false)
const retryAfterMs = z.int()

/** Every refusal by kind, as a client receives it; the compiler checks them against `BillingError`. */
export const billingErrorSchemas: {
  [Kind in BillingErrorKind]: z.ZodType<WithOpenActions<BillingError<Kind>>>
} = {
  not_signed_in: refusal('not_signed_in', { actions }),
  key_missing: refusal('key_missing', {}),
  key_invalid: refusal('key_invalid', {}),
  insufficient_credits: refusal('insufficient_credits', {
    error: z.literal('insufficient_credits'),
    meter: z.string(),
    required: z.int(),
    availableBalance: z.int(),
    upgradeUrl: z.string(),
    resetsAt: instantSchema.nullable(),
    actions,
    charged,
  }),
  spend_cap: refusal('spend_cap', {
    meter: z.string(),
    required: z.int(),
    cap: z.int(),
    left: z.int(),
    resetsAt: instantSchema,
    actions,
    charged,
  }),
  limit: refusal('limit', {
    subject: limitSubjectSchema,
    meter: z.string(),
    required: z.int(),
    amount: z.int(),
    left: z.int(),
    resetsAt: instantSchema.nullable(),
    raisedBy: z.enum(['customer', 'starter']),
    actions,
    charged,
  }),
  not_in_plan: refusal('not_in_plan', { feature: z.string(), upgradeUrl: z.string(), actions }),
  not_permitted: refusal('not_permitted', {
    needs: z.enum(['membership', 'spending', 'buying']),
    actions,
  }),
  account_changed: refusal('account_changed', { charged }),
  in_progress: refusal('in_progress', { retryAfterMs }),
  hold_expired: refusal('hold_expired', { charged }),
  key_reused: refusal('key_reused', { firstSeenAt: instantSchema }),
  result_gone: refusal('result_gone', { operationId: z.string() }),
  rate_limited: refusal('rate_limited', { retryAfterMs }),
  billing_unavailable: refusal('billing_unavailable', { retryAfterMs }),
  outcome_unknown: refusal('outcome_unknown', { retryAfterMs }),
}

type WithOpenActions<Refusal> = Refusal extends { actions: unknown }
  ? Omit<Refusal, 'actions'> & { actions: { type: string }[] }
  : Refusal

function refusal<Kind extends BillingErrorKind, Shape extends z.ZodRawShape>(
  kind: Kind,
  shape: Shape,
) {
  return z.object({ kind: z.literal(kind), message: z.string(), ...shape })
}
