import type { PricingFile } from '@tollgate/contract/pricing'
import { pricingWithTwoPlans } from './two-plans.ts'

/** Pro and Max, both with the same 5,000 tokens that are granted once per customer. */
export function pricingWithOnceCredits(): PricingFile {
  const pricing = pricingWithTwoPlans()
  const bonus = {
    type: 'usage_credit_grant' as const,
    slug: 'bonus_tokens',
    name: '5,000 tokens to begin with',
    description: '',
    active: true,
    amount: 5_000,
    renewalFrequency: 'once' as const,
    usageMeterSlug: 'ai_tokens',
  }
  const paid = new Set(['pro', 'max'])
  return {
    ...pricing,
    features: [...pricing.features, bonus],
    products: pricing.products.map((sold) =>
      paid.has(sold.product.slug) ? { ...sold, features: [...sold.features, bonus.slug] } : sold,
    ),
  }
}
