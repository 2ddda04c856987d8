import { z } from 'zod'
import { searchCustomers } from '../../customers/search-customers.ts'
import { changePlan } from '../../commands/change-plan.ts'
import { readUsagePerDay } from '../../usage/read-usage-per-day.ts'
import { checkInvariants } from '../../check-invariants.ts'
import { foundCustomerSchema } from '../../core/schemas/customer.ts'
import { dayOfUsageSchema } from '../../core/schemas/usage.ts'
import { planChangeSchema, verificationSchema } from '../../core/schemas/operator.ts'
import { endpoint } from '../endpoint.ts'
import { externalId } from '../fields.ts'

/** A year and a leap day; the console shows a month. */
const DAYS_MAX = 366

/** What the console and the CLI need beside Flowglad's API. Our own. */
export const ADMIN_ENDPOINTS = [
  endpoint('GET /customer-search', {
    summary: 'Find customers by name, address or external id, newest first',
    query: z.object({
      text: z.string().max(200).default(''),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    answer: z.object({ data: z.array(foundCustomerSchema), nextCursor: z.string().nullable() }),
    handle: ({ ledger, scope, query }) => searchCustomers(ledger.database, { ...query, ...scope }),
  }),
  endpoint('POST /customers/:externalId/plan', {
    summary: 'Move a customer to a plan; answers with a checkout if payment is needed',
    body: z.object({
      plan: z.object({
        priceSlug: z.string(),
        timing: z.enum(['auto', 'immediately', 'at_end_of_current_billing_period']).default('auto'),
        returnUrl: z.url().max(2_000).optional(),
      }),
    }),
    answer: planChangeSchema,
    handle: ({ ledger, scope, body }) => changePlan(ledger, { ...body.plan, ...scope }),
  }),
  endpoint('GET /usage-per-day', {
    summary: 'Add up what was used per day (UTC) and meter, of all customers or of one',
    query: z.object({
      days: z.coerce.number().int().min(1).max(DAYS_MAX).default(30),
      customerExternalId: externalId.optional(),
    }),
    answer: z.object({ data: z.array(dayOfUsageSchema) }),
    handle: async ({ ledger, scope, query }) => ({
      data: await readUsagePerDay(ledger.database, { ...query, ...scope, now: ledger.clock.now() }),
    }),
  }),
  endpoint('GET /time', {
    summary: 'Read ledger time, which a developer may have advanced',
    answer: z.object({ now: z.int() }),
    handle: async ({ ledger }) => ({ now: ledger.clock.now() }),
  }),
  endpoint('GET /verification', {
    summary: 'Check every ledger invariant and list those that are violated',
    answer: verificationSchema,
    handle: async ({ ledger }) => {
      const violations = await checkInvariants(ledger.database)
      // The example may belong to another organisation, so it goes to the operator's log only.
      for (const violation of violations)
        ledger.logger.error(violation, 'ledger check: invariant violated')
      return {
        intact: violations.length === 0,
        violations: violations.map(({ invariant, broken }) => ({ invariant, broken })),
      }
    },
  }),
]
