import { z } from 'zod'
import { at, id, record } from './record.ts'

/** One claimed unit of a resource, such as a seat. */
export const resourceClaimSchema = z.object({
  ...record,
  organizationId: id,
  pricingModelId: id,
  claimedAt: at,
  releasedAt: at.nullable(),
  releaseReason: z.string().nullable(),
  externalId: z.string().nullable(),
  metadata: z.unknown(),
  resourceId: id,
  subscriptionId: id,
  subscriptionItemFeatureId: id,
})
export type ResourceClaim = z.output<typeof resourceClaimSchema>

/** How much of a resource a subscription has. */
export const resourceUsageSchema = z.object({
  resourceId: id,
  resourceSlug: z.string(),
  capacity: z.int().min(0),
  claimed: z.int().min(0),
  available: z.int().min(0),
})
export type ResourceUsage = z.output<typeof resourceUsageSchema>
