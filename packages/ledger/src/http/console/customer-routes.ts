import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { openCheckout } from '../../checkout/open-checkout.ts'
import { grantCredits, revokeCredits } from '../../commands/adjust-credits.ts'
import { searchCustomers } from '../../customers/search-customers.ts'
import type { Ledger } from '../../core/ledger.ts'
import { LedgerError } from '../../core/ledger-error.ts'
import { refundPayment } from '../../payments/refund-payment.ts'
import {
  cancelScheduledAdjustment,
  uncancelSubscription,
} from '../../commands/cancel-subscription.ts'
import { changePlan } from '../../commands/change-plan.ts'
import type { PlanChangeOutcome } from '../../core/schemas/operator.ts'
import { planChangeText } from '../../operator/plan-change-text.ts'
import { readCurrentSubscription, type SubscriptionRow } from '../../core/subscription-row.ts'
import { amount } from '../../core/schemas/fields.ts'
import type { LedgerVariables } from '../ledger-variables.ts'
import { customerPage } from './customer-page.ts'
import { customersPage } from './customers-page.ts'
import { figure } from './page-parts.ts'
import { externalIdOf, readCustomerView } from './read-customer-view.ts'
import { showPage } from './show-page.ts'
import { type FormResult, submit } from './submit.ts'

const PATH = '/console/customers'
const PER_PAGE = 25
const DAY_MS = 86_400_000

const search = z.object({
  text: z.string().max(200).default(''),
  cursor: z.string().max(200).optional(),
})
const wholeNumber = z.coerce.number().pipe(amount)
const creditForm = z.object({
  usageMeterSlug: z.string(),
  amount: wholeNumber,
  name: z.string().trim().min(1).max(200),
})
const grantForm = creditForm.extend({
  reason: z.uuid(),
  days: z.union([z.literal('').transform(() => null), wholeNumber]),
})
const planForm = z.object({
  priceSlug: z.string(),
  timing: z.enum(['auto', 'immediately', 'at_end_of_current_billing_period']),
})
const refundForm = z.object({ paymentId: z.string() })

/** The routes of the customer pages and their forms. */
export function customerRoutes(ledger: Ledger): Hono<LedgerVariables> {
  const routes = new Hono<LedgerVariables>()
  routes.get('/', async (context) => {
    const { text, cursor } = search.parse(context.req.query())
    const organizationId = context.get('organizationId')
    const page = { organizationId, text, cursor, limit: PER_PAGE }
    const { data, nextCursor } = await searchCustomers(ledger.database, page)
    const main = customersPage({ text, customers: data, nextCursor })
    return showPage(ledger, context, { title: 'Customers', section: PATH, main })
  })
  routes.get('/:id', async (context) => {
    const cursor = context.req.query('before')
    const view = await readCustomerView(ledger, { ...scopeOf(context), cursor })
    const { name, email, externalId } = view.billing.customer
    const title = name || email || externalId
    return showPage(ledger, context, { title, section: PATH, main: customerPage(view) })
  })
  for (const [verb, act] of Object.entries(actions(ledger))) {
    routes.post(`/:id/${verb}`, async (context) => {
      const scope = scopeOf(context)
      const externalId = await externalIdOf(ledger, scope)
      return act(context, { ...scope, externalId })
    })
  }
  return routes
}

type Scope = { organizationId: string; customerId: string; externalId: string }
type Action = (context: Context<LedgerVariables>, scope: Scope) => Promise<Response>

function actions(ledger: Ledger): Record<string, Action> {
  const pageOf = ({ customerId }: { customerId: string }) =>
    `${ledger.checkoutBaseUrl}${PATH}/${customerId}`
  return {
    grant: act(grantForm, async ({ days, ...grant }, scope) => {
      const expiresAt = days === null ? null : ledger.clock.now() + days * DAY_MS
      await grantCredits(ledger, { ...scope, ...grant, expiresAt })
      return { message: `Granted ${figure(grant.amount)} ${grant.usageMeterSlug}.` }
    }),
    revoke: act(creditForm, async (revocation, scope) => {
      await revokeCredits(ledger, { ...scope, ...revocation })
      return { message: `Revoked ${figure(revocation.amount)} ${revocation.usageMeterSlug}.` }
    }),
    plan: act(planForm, async (change, scope) =>
      resultOf(await changePlan(ledger, { ...scope, ...change, returnUrl: pageOf(scope) })),
    ),
    uncancel: act(z.object({}), async (_form, scope) => {
      const { id } = await requireCurrent(ledger, scope)
      await uncancelSubscription(ledger, { ...scope, subscriptionId: id })
      return { message: 'The plan will renew.' }
    }),
    'cancel-scheduled-adjustment': act(z.object({}), async (_form, scope) => {
      const { id } = await requireCurrent(ledger, scope)
      await cancelScheduledAdjustment(ledger, { ...scope, subscriptionId: id })
      return { message: 'The scheduled change is cancelled.' }
    }),
    'pay-open-invoice': act(z.object({}), async (_form, scope) => {
      const { id } = await requireCurrent(ledger, scope)
      const page = pageOf(scope)
      const { url } = await openCheckout(ledger, {
        organizationId: scope.organizationId,
        type: 'activate_subscription',
        customerExternalId: scope.externalId,
        targetSubscriptionId: id,
        quantity: 1,
        successUrl: page,
        cancelUrl: page,
      })
      return { goTo: url }
    }),
    refund: act(refundForm, async ({ paymentId }, scope) => {
      await refundPayment(ledger, { organizationId: scope.organizationId, paymentId })
      return { message: 'Refunded.' }
    }),
  }
}

function act<Form extends z.ZodType>(
  form: Form,
  run: (values: z.output<Form>, scope: Scope) => Promise<FormResult>,
): Action {
  return (context, scope) =>
    submit(context, {
      form,
      backTo: `${PATH}/${scope.customerId}`,
      run: (values) => run(values, scope),
    })
}

function resultOf(change: PlanChangeOutcome): FormResult {
  const message = planChangeText(change)
  if (change.outcome === 'payment_failed') throw new LedgerError('PAYMENT_FAILED', message)
  return change.outcome === 'checkout' ? { goTo: change.url } : { message }
}

async function requireCurrent(ledger: Ledger, scope: Scope): Promise<SubscriptionRow> {
  const current = await readCurrentSubscription(ledger.database, scope)
  if (!current) throw new LedgerError('BAD_REQUEST', 'The customer has no subscription.')
  return current
}

function scopeOf(context: Context<LedgerVariables>) {
  return {
    organizationId: context.get('organizationId'),
    customerId: context.req.param('id') ?? '',
  }
}
