import { processDue } from '../due/process-due.ts'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { nearestSlug } from '@tollgate/contract/pricing'
import { readUsageMeters } from '../catalog/read-pricing-model.ts'
import { requireCustomer } from '../core/customer.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { readCurrentSubscription } from '../core/subscription-row.ts'
import { announce } from '../core/announce.ts'
import { burnDown } from '../credits/burn-down.ts'
import { issueGrant } from '../credits/issue-grant.ts'
import { postEntries } from '../credits/post-entries.ts'
import { readOpenGrants, takeFromGrants } from '../credits/take-from-grants.ts'

/** A manual grant or revocation of credits. */
export type CreditAdjustment = {
  organizationId: string
  externalId: string
  usageMeterSlug: string
  amount: number
  /** The name that the customer sees. */
  name: string
  /** Idempotency key: the same reason applies once; generated if omitted. */
  reason?: string | undefined
  expiresAt?: number | null | undefined
}

/** Grants credits manually, as a new ledger entry. */
export async function grantCredits(ledger: Ledger, given: CreditAdjustment): Promise<void> {
  await adjust(ledger, given, async (tx, meter) => {
    await issueGrant(tx, {
      ...meter,
      source: 'grant',
      name: given.name,
      amount: given.amount,
      expiresAt: given.expiresAt ?? null,
      reason: `manual:${given.reason ?? tx.ledger.newId('grant')}`,
      note: given.name,
    })
  })
}

/** Revokes credits manually, as a new ledger entry; at most as many as are left. */
export async function revokeCredits(ledger: Ledger, taken: CreditAdjustment): Promise<void> {
  await adjust(ledger, taken, async (tx, meter) => {
    const grants = await readOpenGrants(tx, {
      organizationId: tx.organizationId,
      subscriptionIds: [meter.subscriptionId],
      usageMeterIds: [meter.usageMeterId],
    })
    const { burns, uncovered } = burnDown(grants, taken.amount)
    if (uncovered > 0) {
      throw new LedgerError(
        'BAD_REQUEST',
        `Only ${taken.amount - uncovered} credits are left to take back, not ${taken.amount}.`,
      )
    }
    const entries = burns.map(({ grantId, amount }) => ({
      organizationId: tx.organizationId,
      customerId: tx.customerId,
      ...meter,
      kind: 'revocation' as const,
      amount,
      grantId,
      note: taken.name,
      occurredAt: tx.now,
    }))
    await takeFromGrants(tx, {
      organizationId: tx.organizationId,
      entries,
      now: tx.now,
    })
    await postEntries(tx, entries)
  })
}

async function adjust(
  ledger: Ledger,
  { organizationId, externalId, usageMeterSlug }: CreditAdjustment,
  work: (
    tx: LedgerTransaction,
    meter: { subscriptionId: string; usageMeterId: string },
  ) => Promise<void>,
): Promise<void> {
  const { customer } = await requireCustomer(ledger.database, { organizationId, externalId })
  const scope = { organizationId, customerId: customer.id }
  await processDue(ledger, scope)
  await inLedgerTransaction(ledger, scope, async (tx) => {
    const subscription = await readCurrentSubscription(tx, tx)
    if (!subscription) throw new LedgerError('BAD_REQUEST', 'The customer has no subscription.')
    const meters = await readUsageMeters(tx, tx)
    const meter = meters.find(({ slug }) => slug === usageMeterSlug)
    if (!meter) throw unknownMeter(usageMeterSlug, meters)
    await work(tx, { subscriptionId: subscription.id, usageMeterId: meter.id })
    await announce(tx, {
      type: 'subscription.updated',
      object: 'subscription',
      id: subscription.id,
    })
  })
}

function unknownMeter(named: string, meters: readonly { slug: string }[]): LedgerError {
  const near = nearestSlug(
    named,
    meters.map(({ slug }) => slug),
  )
  const hint = near ? ` Did you mean "${near}"?` : ''
  return new LedgerError('NOT_FOUND', `There is no usage meter "${named}".${hint}`)
}
