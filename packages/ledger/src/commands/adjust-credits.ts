import { bringUpToDate } from '../due/bring-up-to-date.ts'
import { type Books, openBooks } from '../core/books.ts'
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

/** Credits that somebody gives or takes by hand. */
export type CreditAdjustment = {
  organizationId: string
  externalId: string
  usageMeterSlug: string
  amount: number
  /** What the customer sees it called. */
  name: string
  /** The same reason does it once; made up when left out. */
  reason?: string | undefined
  expiresAt?: number | null | undefined
}

/** Gives credits by hand, as a new entry in the books. */
export async function grantCredits(ledger: Ledger, given: CreditAdjustment): Promise<void> {
  await adjust(ledger, given, async (books, meter) => {
    await issueGrant(books, {
      ...meter,
      source: 'grant',
      name: given.name,
      amount: given.amount,
      expiresAt: given.expiresAt ?? null,
      reason: `manual:${given.reason ?? books.ledger.newId('grant')}`,
      note: given.name,
    })
  })
}

/** Takes credits back by hand, as a new entry; never more than are there. */
export async function revokeCredits(ledger: Ledger, taken: CreditAdjustment): Promise<void> {
  await adjust(ledger, taken, async (books, meter) => {
    const grants = await readOpenGrants(books.transaction, {
      organizationId: books.organizationId,
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
      organizationId: books.organizationId,
      customerId: books.customerId,
      ...meter,
      kind: 'revocation' as const,
      amount,
      grantId,
      note: taken.name,
      occurredAt: books.now,
    }))
    await takeFromGrants(books.transaction, {
      organizationId: books.organizationId,
      entries,
      now: books.now,
    })
    await postEntries(books.transaction, entries)
  })
}

async function adjust(
  ledger: Ledger,
  { organizationId, externalId, usageMeterSlug }: CreditAdjustment,
  work: (books: Books, meter: { subscriptionId: string; usageMeterId: string }) => Promise<void>,
): Promise<void> {
  const { customer } = await requireCustomer(ledger.database, { organizationId, externalId })
  const scope = { organizationId, customerId: customer.id }
  await bringUpToDate(ledger, scope)
  await openBooks(ledger, scope, async (books) => {
    const subscription = await readCurrentSubscription(books.transaction, books)
    if (!subscription) throw new LedgerError('BAD_REQUEST', 'The customer has no subscription.')
    const meters = await readUsageMeters(books.transaction, books)
    const meter = meters.find(({ slug }) => slug === usageMeterSlug)
    if (!meter) throw unknownMeter(usageMeterSlug, meters)
    await work(books, { subscriptionId: subscription.id, usageMeterId: meter.id })
    await announce(books, {
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
