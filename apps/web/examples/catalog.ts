import type { Outputs } from '../src/connection/trpc.ts'

/** What is for sale in the gallery. */
export const CATALOG: Outputs['billing']['catalog'] = {
  offers: [
    {
      kind: 'plan',
      productSlug: 'free',
      priceSlug: 'free_monthly',
      name: 'Free',
      description: 'For trying things out.',
      unitPrice: 0,
      currency: 'USD',
      interval: 'month',
      isDefault: true,
      grants: [
        { meter: 'image_generations', amount: 10, renews: true },
        { meter: 'ai_tokens', amount: 5000, renews: true },
        { meter: 'api_calls', amount: 100, renews: true },
      ],
      features: [],
    },
    {
      kind: 'plan',
      productSlug: 'pro',
      priceSlug: 'pro_monthly',
      name: 'Pro',
      description: 'For people who make things every day.',
      unitPrice: 2000,
      currency: 'USD',
      interval: 'month',
      isDefault: false,
      grants: [
        { meter: 'image_generations', amount: 500, renews: true },
        { meter: 'ai_tokens', amount: 500_000, renews: true },
      ],
      features: [
        { slug: 'unlimited_api_calls', name: 'Unlimited API calls' },
        { slug: 'hd_images', name: 'HD images' },
      ],
    },
    topUp('images_topup', 'images_topup_50', '50 images', 500),
    topUp('tokens_topup', 'tokens_topup_100k', '100,000 tokens', 800),
  ],
  procedures: [
    {
      path: 'images.generate',
      meter: 'image_generations',
      unit: 'image generation',
      cost: { kind: 'fixed', amount: 1 },
    },
    {
      path: 'text.summarize',
      meter: 'ai_tokens',
      unit: 'AI token',
      cost: { kind: 'variable', hold: null },
    },
    {
      path: 'tools.qrCode',
      meter: 'api_calls',
      unit: 'API call',
      cost: { kind: 'fixed', amount: 1 },
    },
  ],
}

function topUp(
  productSlug: string,
  priceSlug: 'images_topup_50' | 'tokens_topup_100k',
  name: string,
  unitPrice: number,
): Outputs['billing']['catalog']['offers'][number] {
  const images = priceSlug === 'images_topup_50'
  return {
    kind: 'topup',
    productSlug,
    priceSlug,
    name,
    description: null,
    unitPrice,
    currency: 'USD',
    interval: null,
    isDefault: false,
    grants: [
      images
        ? { meter: 'image_generations', amount: 50, renews: false }
        : { meter: 'ai_tokens', amount: 100_000, renews: false },
    ],
    features: [],
  }
}
