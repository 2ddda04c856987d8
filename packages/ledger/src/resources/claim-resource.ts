import { type Books, openBooks } from '../core/books.ts'
import { jsonValue } from '../core/json-value.ts'
import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { isInForce } from '../core/subscription-row.ts'
import { readCurrent } from '../due/read-current.ts'
import {
  readOpenClaims,
  readResourceUsages,
  type ResourceClaim,
  type ResourceUsage,
} from './resource-claim.ts'

/** Units to claim: so many nameless ones, or one for each name. */
export type Claim = {
  organizationId: string
  subscriptionId: string
  resourceSlug: string
  quantity?: number | undefined
  externalIds?: string[] | undefined
  metadata?: unknown
}

/** Claims units of a resource, all of them or none; a name that has its unit already keeps it. */
export async function claimResource(
  ledger: Ledger,
  claim: Claim,
): Promise<{ claims: ResourceClaim[]; usage: ResourceUsage }> {
  return changeClaims(ledger, claim, async (books, before) => {
    const open = await readOpenClaims(books.transaction, {
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
    const ids = await insertClaims(books, claim, { before, externalIds: fresh })
    const after = await readOpenClaims(books.transaction, {
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

/** Units to give back: so many nameless ones, those with these names, or exactly these claims. */
export type Release = Omit<Claim, 'metadata'> & { claimIds?: string[] | undefined }

/** Gives units back; what is not claimed is not missed. */
export async function releaseResource(
  ledger: Ledger,
  release: Release,
): Promise<{ releasedClaims: ResourceClaim[]; usage: ResourceUsage }> {
  return changeClaims(ledger, release, async (books, before) => {
    const open = await readOpenClaims(books.transaction, {
      ...release,
      resourceId: before.resourceId,
    })
    const chosen = chooseReleased(open, release)
    await books.transaction.query({
      text: `update resource_claim set released_at = $4, release_reason = 'released', updated_at = $4
             where organization_id = $1 and subscription_id = $2 and id = any($3)`,
      values: [books.organizationId, release.subscriptionId, chosen.map(({ id }) => id), books.now],
    })
    return {
      releasedClaims: chosen.map((claim) => ({
        ...claim,
        releasedAt: books.now,
        releaseReason: 'released',
        updatedAt: books.now,
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
  work: (books: Books, before: ResourceUsage & { subscriptionFeatureId: string }) => Promise<T>,
): Promise<T & { usage: ResourceUsage }> {
  const subscription = await readCurrent(ledger, key)
  if (!isInForce(subscription)) {
    throw new LedgerError('BAD_REQUEST', `The subscription is ${subscription.status}.`)
  }
  const { organizationId, customerId } = subscription
  return openBooks(ledger, { organizationId, customerId }, async (books) => {
    const [before] = await readResourceUsages(books.transaction, key)
    if (!before) throw new LedgerError('NOT_FOUND', `The plan has no "${key.resourceSlug}".`)
    const result = await work(books, before)
    const [after] = await readResourceUsages(books.transaction, key)
    const { subscriptionFeatureId: _hidden, ...usage } = after ?? before
    return { ...result, usage }
  })
}

async function insertClaims(
  books: Books,
  claim: Claim,
  {
    before,
    externalIds,
  }: {
    before: { resourceId: string; subscriptionFeatureId: string }
    externalIds: (string | null)[]
  },
): Promise<string[]> {
  const ids = externalIds.map(() => books.ledger.newId('resource_claim'))
  await books.transaction.query({
    text: `insert into resource_claim
             (organization_id, customer_id, subscription_id, resource_id, subscription_feature_id, id, external_id,
              metadata, claimed_at, created_at, updated_at)
           select $1, $2, $3, $4, $5, id, external_id, $8::jsonb, $9, $9, $9
           from unnest($6::text[], $7::text[]) as made(id, external_id)`,
    values: [
      books.organizationId,
      books.customerId,
      claim.subscriptionId,
      before.resourceId,
      before.subscriptionFeatureId,
      ids,
      externalIds,
      jsonValue(claim.metadata),
      books.now,
    ],
  })
  return ids
}
