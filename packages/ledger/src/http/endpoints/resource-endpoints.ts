import { z } from 'zod'
import type { Ledger } from '../../core/ledger.ts'
import { notFound } from '../../core/ledger-error.ts'
import { claimResource, releaseResource } from '../../resources/claim-resource.ts'
import { readOpenClaims, readResourceUsages } from '../../resources/resource-claim.ts'
import { readCurrent } from '../../due/read-current.ts'
import { endpoint } from '../endpoint.ts'
import { metadata } from '../fields.ts'
import { resourceClaimAnswer, resourceUsageAnswer } from '../answers/catalog-answers.ts'

/** More seats than this at once is a mistake. */
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
  claims: z.array(resourceClaimAnswer),
  usage: resourceUsageAnswer,
})

/** Resources (seats): how many there are, who has them. */
export const RESOURCE_ENDPOINTS = [
  endpoint({
    method: 'get',
    path: '/resource-claims/:subscriptionId/usages',
    summary: 'Read what a subscription has of each resource',
    answer: z.array(usageWithClaims),
    handle: ({ ledger, organizationId, params }) =>
      readUsages(ledger, { organizationId, subscriptionId: params.subscriptionId }),
  }),
  endpoint({
    method: 'get',
    path: '/resource-claims/:subscriptionId/usage',
    summary: 'Read what a subscription has of one resource',
    query: z.object({ resourceSlug }),
    answer: usageWithClaims,
    handle: async ({ ledger, organizationId, params, query }) => {
      const key = { organizationId, subscriptionId: params.subscriptionId }
      const [usage] = await readUsages(ledger, { ...key, resourceSlug: query.resourceSlug })
      if (!usage) throw notFound('resource', query.resourceSlug)
      return usage
    },
  }),
  endpoint({
    method: 'get',
    path: '/resource-claims/:subscriptionId/claims',
    summary: 'List who has a resource',
    query: z.object({ resourceSlug: resourceSlug.optional() }),
    answer: z.object({ claims: z.array(resourceClaimAnswer) }),
    handle: async ({ ledger, organizationId, params, query }) => {
      const key = { organizationId, subscriptionId: params.subscriptionId }
      const usages = await readUsages(ledger, { ...key, resourceSlug: query.resourceSlug })
      return { claims: usages.flatMap(({ claims }) => claims) }
    },
  }),
  endpoint({
    method: 'post',
    path: '/resource-claims/:subscriptionId/claim',
    summary: 'Claim units of a resource; a name that has one keeps it',
    body: claimBody,
    answer: z.object({ claims: z.array(resourceClaimAnswer), usage: resourceUsageAnswer }),
    handle: ({ ledger, organizationId, params, body }) =>
      claimResource(ledger, {
        ...body,
        organizationId,
        subscriptionId: params.subscriptionId,
        externalIds: names(body),
      }),
  }),
  endpoint({
    method: 'post',
    path: '/resource-claims/:subscriptionId/release',
    summary: 'Give units of a resource back',
    body: releaseBody,
    answer: z.object({ releasedClaims: z.array(resourceClaimAnswer), usage: resourceUsageAnswer }),
    handle: ({ ledger, organizationId, params, body }) =>
      releaseResource(ledger, {
        ...body,
        organizationId,
        subscriptionId: params.subscriptionId,
        externalIds: names(body),
      }),
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
