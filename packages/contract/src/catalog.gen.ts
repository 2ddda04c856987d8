// Made from pricing.yaml by `pnpm pricing:gen`. Do not edit.
import { defineCatalog } from './define-catalog.ts'

/** The catalog of pricing.yaml. */
export const catalog = /* @__PURE__ */ defineCatalog({
  meters: {
    image_generations: { name: 'Image generations', unit: 'image generation', units: 'image generations' },
    ai_tokens: { name: 'AI tokens', unit: 'AI token', units: 'AI tokens' },
    api_calls: { name: 'API calls', unit: 'API call', units: 'API calls' },
  },
  features: {
    unlimited_api_calls: { name: 'Unlimited API calls' },
    hd_images: { name: 'HD images' },
  },
  prices: {
    free_monthly: { product: 'free', name: 'Free' },
    pro_monthly: { product: 'pro', name: 'Pro' },
    images_topup_50: { product: 'images_topup', name: '50 images' },
    tokens_topup_100k: { product: 'tokens_topup', name: '100,000 tokens' },
  },
})

/** What is counted. */
export type MeterSlug = keyof typeof catalog.meters
/** What a plan switches on. */
export type FeatureSlug = keyof typeof catalog.features
/** What can be bought. */
export type PriceSlug = keyof typeof catalog.prices
