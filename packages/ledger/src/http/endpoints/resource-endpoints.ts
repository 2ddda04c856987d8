import { z } from 'zod'
import type { Ledger } from '../../core/ledger.ts'
import { notFound } from '../../core/ledger-error.ts'
import { claimResource, releaseResource } from '../../resources/claim-resource.ts'
import { readOpenClaims, readResourceUsages } from '../../resources/resource-claim.ts'
import { readCurrent } from '../../due/read-current.ts'
import { resourceClaimSchema, resourceUsageSchema } from '../../core/schemas/resource.ts'
import { endpoint } from '../endpoint.ts'
import { metadata } from '../../core/schemas/fields.ts'

/** More seats than this in one request is a mistake. */
const UNITS_MAX = 1_000

const resourceSlug = z.string()
const name = z.string().min(1).max(255)
const chosen = {
  resourceSlug,
  quantity: z.int().min(1).max(UNITS_MAX).optional(),
  externalId: name.optional(),
  externalIds: z.array(name).min(1).max(UNITS_MAX).optional(),
}

const one = 'give exactly one of quantity, externalId and externalIds'
const claimBody = z
  .object({ ...chosen, metadata: metadata.nullish() })
  .refine((body) => given(body.quantity, body.externalId, body.externalIds) === 1, one)
const releaseBody = z
  .object({ ...chosen, claimIds: z.array(z.string()).min(1).max(UNITS_MAX).optional() })
  .refine(
    (body) => given(body.quantity, body.externalId, body.externalIds, body.claimIds) === 1,
    `${one}, or claimIds`,
  )

const usageWithClaims = z.object({
  claims: z.array(resourceClaimSchema),
  usage: resourceUsageSchema,
})

/** Resources such as seats: capacity and claims. */
export const RESOURCE_ENDPOINTS = [
  endpoint('GET /resource-claims/:subscriptionId/usages', {
    summary: 'Read what a subscription has of each resource',
    answer: z.array(usageWithClaims),
    handle: ({ ledger, scope }) => readUsages(ledger, scope),
  }),
  endpoint('GET /resource-claims/:subscriptionId/usage', {
    summary: 'Read what a subscription has of one resource',
    query: z.object({ resourceSlug }),
    answer: usageWithClaims,
    handle: async ({ ledger, scope, query }) => {
      const [usage] = await readUsages(ledger, { ...query, ...scope })
      if (!usage) throw notFound('resource', query.resourceSlug)
      return usage
    },
  }),
  endpoint('GET /resource-claims/:subscriptionId/claims', {
    summary: 'List who has a resource',
    query: z.object({ resourceSlug: resourceSlug.optional() }),
    answer: z.object({ claims: z.array(resourceClaimSchema) }),
    handle: async ({ ledger, scope, query }) => {
      const usages = await readUsages(ledger, { ...query, ...scope })
      return { claims: usages.flatMap(({ claims }) => claims) }
    },
  }),
  endpoint('POST /resource-claims/:subscriptionId/claim', {
    summary: 'Claim units of a resource; a name that has one keeps it',
    body: claimBody,
    answer: z.object({ claims: z.array(resourceClaimSchema), usage: resourceUsageSchema }),
    handle: ({ ledger, scope, body }) =>
      claimResource(ledger, { ...body, ...scope, externalIds: names(body) }),
  }),
  endpoint('POST /resource-claims/:subscriptionId/release', {
    summary: 'Give units of a resource back',
    body: releaseBody,
    answer: z.object({ releasedClaims: z.array(resourceClaimSchema), usage: resourceUsageSchema }),
    handle: ({ ledger, scope, body }) =>
      releaseResource(ledger, { ...body, ...scope, externalIds: names(body) }),
  }),
]

async function readUsages(
  ledger: Ledger,
  key: { organizationId: string; subscriptionId: string; resourceSlug?: string | undefined },
) {
  await readCurrent(ledger, key)
  const usages = await readResourceUsages(ledger.database, key)
  const claims = await readOpenClaims(ledger.database, {
    organizationId: key.organizationId,
    subscriptionId: key.subscriptionId,
  })
  return usages.map(({ subscriptionFeatureId: _hidden, ...usage }) => ({
    claims: claims.filter(({ resourceId }) => resourceId === usage.resourceId),
    usage,
  }))
}

function given(...values: unknown[]): number {
  return values.filter((value) => value !== undefined).length
}

function names(body: { externalId?: string | undefined; externalIds?: string[] | undefined }) {
  return body.externalId === undefined ? body.externalIds : [body.externalId]
}
