import { z } from 'zod'
import { migratePlan } from '../../commands/migrate-plan.ts'
import { readApiKeys, revokeApiKey } from '../../organizations/organization.ts'
import { searchCustomers } from '../../customers/search-customers.ts'
import { changePlan } from '../../commands/change-plan.ts'
import { readUsagePerDay } from '../../usage/read-usage-per-day.ts'
import { checkInvariants } from '../../check-invariants.ts'
import { foundCustomerSchema } from '../../core/schemas/customer.ts'
import { dayOfUsageSchema } from '../../core/schemas/usage.ts'
import {
  apiKeySchema,
  planChangeSchema,
  planMigrationSchema,
  verificationSchema,
} from '../../core/schemas/operator.ts'
import { endpoint } from '../endpoint.ts'
import { externalId } from '../../core/schemas/fields.ts'

/** A year with a leap day; the console shows a month. */
const DAYS_MAX = 366

/** Our own extensions of Flowglad's API, for operators. */
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
      // The example may belong to another organisation, so it only goes to the operator's log.
      for (const violation of violations)
        ledger.logger.error(violation, 'ledger check: invariant violated')
      return {
        intact: violations.length === 0,
        violations: violations.map(({ invariant, broken }) => ({ invariant, broken })),
      }
    },
  }),
  endpoint('GET /api-keys', {
    summary: 'List the API keys, without the keys themselves',
    answer: z.object({ data: z.array(apiKeySchema) }),
    handle: async ({ ledger, scope }) => ({
      data: await readApiKeys(ledger, scope.organizationId),
    }),
  }),
  endpoint('POST /api-keys/:id/revoke', {
    summary: 'Revoke an API key, immediately and for good',
    answer: z.object({ apiKey: apiKeySchema }),
    handle: async ({ ledger, scope }) => ({ apiKey: await revokeApiKey(ledger, scope) }),
  }),
  endpoint('POST /plan-migrations', {
    summary:
      'Give existing subscriptions of a plan what it has gained, one page of them at a time; a dry run unless apply is true',
    body: z.object({
      migration: z.object({
        productSlug: z.string().max(200),
        apply: z.boolean().default(false),
        cursor: z.string().max(200).optional(),
        limit: z.int().min(1).max(100).default(20),
      }),
    }),
    answer: planMigrationSchema,
    handle: ({ ledger, scope, body }) => migratePlan(ledger, { ...body.migration, ...scope }),
  }),
]
