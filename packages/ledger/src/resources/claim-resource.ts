import { sql } from 'kysely'
import { type LedgerTransaction, inLedgerTransaction } from '../core/ledger-transaction.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import type { ResourceClaim, ResourceUsage } from '../core/schemas/resource.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { isInForce } from '../core/subscription-row.ts'
import { readCurrent } from '../due/read-current.ts'
import { readOpenClaims, readResourceUsages } from './resource-claim.ts'
import { typed } from '../core/typed.ts'
import { anyOf } from '../core/any-of.ts'

/** Units to claim: a number of anonymous ones, or one per name. */
export type Claim = {
  organizationId: string
  subscriptionId: string
  resourceSlug: string
  quantity?: number | undefined
  externalIds?: string[] | undefined
  metadata?: unknown
}

/** Claims units of a resource, all or none; a name that already has a unit keeps it. */
export async function claimResource(
  ledger: Ledger,
  claim: Claim,
): Promise<{ claims: ResourceClaim[]; usage: ResourceUsage }> {
  return changeClaims(ledger, claim, async (tx, before) => {
    const open = await readOpenClaims(tx, {
      ...claim,
      resourceId: before.resourceId,
    })
    const named = claim.externalIds ?? []
    const held = new Set(open.map(({ externalId }) => externalId))
    const fresh: (string | null)[] =
      claim.externalIds === undefined
        ? Array.from({ length: claim.quantity ?? 1 }, () => null)
        : named.filter((externalId) => !held.has(externalId))
    if (fresh.length > before.available) {
      throw new LedgerError(
        'CONFLICT',
        `${fresh.length} of "${claim.resourceSlug}" are wanted, ${before.available} of ${before.capacity} are free.`,
      )
    }
    const ids = await insertClaims(tx, claim, { before, externalIds: fresh })
    const after = await readOpenClaims(tx, {
      ...claim,
      resourceId: before.resourceId,
    })
    return {
      claims: after.filter(
        ({ id, externalId }) =>
          ids.includes(id) || (externalId !== null && named.includes(externalId)),
      ),
    }
  })
}

/** Units to release: a number of anonymous ones, those with these names, or exactly these claims. */
export type Release = Omit<Claim, 'metadata'> & { claimIds?: string[] | undefined }

/** Releases units; ones that are not claimed are ignored. */
export async function releaseResource(
  ledger: Ledger,
  release: Release,
): Promise<{ releasedClaims: ResourceClaim[]; usage: ResourceUsage }> {
  return changeClaims(ledger, release, async (tx, before) => {
    const open = await readOpenClaims(tx, {
      ...release,
      resourceId: before.resourceId,
    })
    const chosen = chooseReleased(open, release)
    await typed(tx)
      .updateTable('resourceClaim')
      .set({ releasedAt: tx.now, releaseReason: 'released', updatedAt: tx.now })
      .where('organizationId', '=', tx.organizationId)
      .where('subscriptionId', '=', release.subscriptionId)
      .where('id', '=', anyOf(chosen.map(({ id }) => id)))
      .execute()
    return {
      releasedClaims: chosen.map((claim) => ({
        ...claim,
        releasedAt: tx.now,
        releaseReason: 'released',
        updatedAt: tx.now,
      })),
    }
  })
}

function chooseReleased(open: ResourceClaim[], release: Release): ResourceClaim[] {
  const { claimIds, externalIds, quantity } = release
  if (claimIds) return open.filter(({ id }) => claimIds.includes(id))
  if (externalIds) {
    return open.filter(({ externalId }) => externalId !== null && externalIds.includes(externalId))
  }
  return open.filter(({ externalId }) => externalId === null).slice(0, quantity ?? 1)
}

async function changeClaims<T>(
  ledger: Ledger,
  key: { organizationId: string; subscriptionId: string; resourceSlug: string },
  work: (
    tx: LedgerTransaction,
    before: ResourceUsage & { subscriptionFeatureId: string },
  ) => Promise<T>,
): Promise<T & { usage: ResourceUsage }> {
  const subscription = await readCurrent(ledger, key)
  if (!isInForce(subscription)) {
    throw new LedgerError('BAD_REQUEST', `The subscription is ${subscription.status}.`)
  }
  const { organizationId, customerId } = subscription
  return inLedgerTransaction(ledger, { organizationId, customerId }, async (tx) => {
    const [before] = await readResourceUsages(tx, key)
    if (!before) throw new LedgerError('NOT_FOUND', `The plan has no "${key.resourceSlug}".`)
    const result = await work(tx, before)
    const [after] = await readResourceUsages(tx, key)
    const { subscriptionFeatureId: _hidden, ...usage } = after ?? before
    return { ...result, usage }
  })
}

async function insertClaims(
  tx: LedgerTransaction,
  claim: Claim,
  {
    before,
    externalIds,
  }: {
    before: { resourceId: string; subscriptionFeatureId: string }
    externalIds: (string | null)[]
  },
): Promise<string[]> {
  const ids = externalIds.map(() => tx.ledger.newId('resource_claim'))
  await sql`
    insert into resource_claim
      (organization_id, customer_id, subscription_id, resource_id, subscription_feature_id, id, external_id,
       metadata, claimed_at, created_at, updated_at)
    select ${tx.organizationId}, ${tx.customerId}, ${claim.subscriptionId}, ${before.resourceId},
           ${before.subscriptionFeatureId}, id, external_id, ${jsonValue(claim.metadata)}::jsonb,
           ${tx.now}, ${tx.now}, ${tx.now}
    from unnest(${ids}::text[], ${externalIds}::text[]) as made(id, external_id)`.execute(typed(tx))
  return ids
}
