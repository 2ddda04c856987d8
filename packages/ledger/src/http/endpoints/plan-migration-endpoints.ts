import { z } from 'zod'
import { migratePlan } from '../../commands/migrate-plan.ts'
import { planMigrationSchema } from '../../core/schemas/operator.ts'
import { endpoint } from '../endpoint.ts'

/** Bringing existing subscriptions up to a changed plan. Our own. */
export const PLAN_MIGRATION_ENDPOINTS = [
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
