// Made from pricing.yaml by `pnpm pricing:gen`. Do not edit.

/** Usage meters: what is counted, and what one and several of it are called. */
export const METERS = {
  image_generations: { name: 'Image generations', unit: 'image generation', units: 'image generations' },
  ai_tokens: { name: 'AI tokens', unit: 'AI token', units: 'AI tokens' },
  api_calls: { name: 'API calls', unit: 'API call', units: 'API calls' },
} as const

/** What is counted. */
export type MeterSlug = keyof typeof METERS

/** Toggle features: what a plan switches on. */
export const FEATURES = {
  unlimited_api_calls: { name: 'Unlimited API calls' },
  hd_images: { name: 'HD images' },
} as const

/** What a plan switches on. */
export type FeatureSlug = keyof typeof FEATURES

/** Prices of plans and top-ups. */
export const PRICES = {
  free_monthly: { product: 'free', name: 'Free' },
  pro_monthly: { product: 'pro', name: 'Pro' },
  images_topup_50: { product: 'images_topup', name: '50 images' },
  tokens_topup_100k: { product: 'tokens_topup', name: '100,000 tokens' },
} as const

/** What can be bought. */
export type PriceSlug = keyof typeof PRICES
