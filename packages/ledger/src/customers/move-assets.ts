import { sql } from 'kysely'
import type { LedgerTransaction } from '../core/ledger-transaction.ts'
import { readPricingModel } from '../catalog/read-pricing-model.ts'
import type { ClosedGrant } from '../credits/close-grants.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { continueSubscription } from '../subscriptions/continue-subscription.ts'
import {
  endSubscription,
  carryOver,
  type Legacy,
  receive,
} from '../subscriptions/end-subscription.ts'
import { readCurrentSubscription, type SubscriptionRow } from '../core/subscription-row.ts'
import { switchToFree } from '../subscriptions/switch-plan.ts'
import { isPaid, planMove } from './plan-move.ts'
import { typed } from '../core/typed.ts'

/** The subscription that a move ended, and the id under which it continues. */
export type MovedSubscription = { endedId: string | null; continuedId: string | null }

/** Moves credits and a paid plan from one customer to another; the former falls back to the free plan. */
export async function moveAssets(
  from: LedgerTransaction,
  to: LedgerTransaction,
): Promise<MovedSubscription> {
  const source = await readCurrentSubscription(from, from)
  const target = await readCurrentSubscription(to, to)
  if (!source) return { endedId: null, continuedId: null }
  switch (planMove({ from: source, to: target })) {
    case 'plan_stays': {
      if (!target) {
        throw new LedgerError('CONFLICT', 'The receiving customer has no subscription to credit.')
      }
      await moveCredits(from, to, { source, target })
      return { endedId: source.id, continuedId: null }
    }
    case 'plan_moves':
      return { endedId: source.id, continuedId: await movePlan(from, to, { source, target }) }
  }
}

/** The source always ends, so that usage it settles later is recognised as late and paid by what was moved. */
async function moveCredits(
  from: LedgerTransaction,
  to: LedgerTransaction,
  { source, target }: { source: SubscriptionRow; target: SubscriptionRow },
): Promise<void> {
  const legacy = await end(from, source)
  const freeGrants = await readFreeGrants(from, legacy)
  const isFreeOnceGrant = ({ id }: ClosedGrant) => freeGrants.has(id)
  await fallBackToFree(from, { ...legacy, grants: legacy.grants.filter(isFreeOnceGrant) })
  await carryOver(to, {
    legacy: {
      ...legacy,
      debts: [],
      grants: legacy.grants.filter((grant) => !isFreeOnceGrant(grant)),
    },
    subscription: target,
  })
}

async function movePlan(
  from: LedgerTransaction,
  to: LedgerTransaction,
  { source, target }: { source: SubscriptionRow; target: SubscriptionRow | null },
): Promise<string> {
  const own = target && (await end(to, target))
  const subscription = await continueSubscription(to, source)
  const legacy = await end(from, source)
  await fallBackToFree(from, { ...legacy, grants: [], debts: [] })
  // Overdrawn usage of either is moved first, so that the credits that follow pay for it.
  await receive(to, {
    legacy: { ...legacy, grants: [], debts: [...legacy.debts, ...(own?.debts ?? [])] },
    subscription,
  })
  if (own) await carryOver(to, { legacy: { ...own, debts: [] }, subscription })
  await carryOver(to, { legacy: { ...legacy, debts: [] }, subscription })
  return subscription.id
}

/** The credits of a paid plan were paid for and remain until they expire; those of a free plan expire with the move. */
function end(tx: LedgerTransaction, subscription: SubscriptionRow): Promise<Legacy> {
  return endSubscription(tx, {
    subscription,
    at: tx.now,
    reason: 'moved',
    keepExpiring: isPaid(subscription),
  })
}

async function fallBackToFree(tx: LedgerTransaction, legacy: Legacy): Promise<void> {
  const model = await readPricingModel(tx, tx)
  await switchToFree(tx, { model, from: null, legacy, reason: 'moved' })
}

/** The free plan's one-time credits stay: otherwise every guest would bring them along. */
async function readFreeGrants(tx: LedgerTransaction, { grants }: Legacy): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select given.id from credit_grant given
    where given.organization_id = ${tx.organizationId} and given.customer_id = ${tx.customerId}
      and given.id = any(${grants.map(({ id }) => id)})
      and exists (select from product_feature sold
                  join product on product.organization_id = sold.organization_id and product.id = sold.product_id
                  where sold.organization_id = given.organization_id and product.is_default
                    and (given.reason = 'once:' || sold.feature_id
                         or starts_with(given.reason, 'once:' || sold.feature_id || ':')))`.execute(
    typed(tx),
  )
  return new Set(rows.map(({ id }) => id))
}
