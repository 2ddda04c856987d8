/** A pricing model in Flowglad's documented wire form, with the plans of pricing.yaml that the tests need. */
export const PRICING_MODEL = {
  id: 'pricing_model_1',
  name: 'Studio',
  isDefault: true,
  usageMeters: [
    { id: 'usage_meter_images', slug: 'image_generations' },
    { id: 'usage_meter_tokens', slug: 'ai_tokens' },
    { id: 'usage_meter_calls', slug: 'api_calls' },
    { id: 'usage_meter_foreign', slug: 'not_in_our_pricing' },
  ],
  products: [
    product({
      slug: 'free',
      name: 'Free',
      default: true,
      prices: [price({ id: 'price_free', slug: 'free_monthly', unitPrice: 0 })],
      features: [grant({ slug: 'free_images', amount: 10, meterId: 'usage_meter_images' })],
    }),
    product({
      slug: 'pro',
      name: 'Pro',
      prices: [price({ id: 'price_pro', slug: 'pro_monthly', unitPrice: 2000 })],
      features: [
        grant({ slug: 'pro_images', amount: 500, meterId: 'usage_meter_images' }),
        toggle({ slug: 'hd_images', name: 'HD images' }),
        toggle({ slug: 'not_in_our_pricing', name: 'Of another app' }),
      ],
    }),
    product({
      slug: 'team',
      name: 'Team',
      prices: [price({ id: 'price_team', slug: 'team_monthly', unitPrice: 6000 })],
      features: [],
    }),
    product({
      slug: 'images_topup',
      name: '50 images',
      prices: [
        price({
          id: 'price_topup',
          slug: 'images_topup_50',
          unitPrice: 500,
          type: 'single_payment',
        }),
      ],
      features: [
        grant({ slug: 'topup_images', amount: 50, meterId: 'usage_meter_images', renews: false }),
      ],
    }),
  ],
}

function product(fields: {
  slug: string
  name: string
  default?: boolean
  prices: object[]
  features: object[]
}) {
  return { id: `prod_${fields.slug}`, description: null, active: true, default: false, ...fields }
}

function price(fields: { id: string; slug: string; unitPrice: number; type?: string }) {
  const interval = fields.type === 'single_payment' ? null : 'month'
  return {
    type: 'subscription',
    name: fields.slug,
    currency: 'USD',
    active: true,
    isDefault: true,
    intervalUnit: interval,
    ...fields,
  }
}

function grant(fields: { slug: string; amount: number; meterId: string; renews?: boolean }) {
  return {
    type: 'usage_credit_grant',
    slug: fields.slug,
    name: fields.slug,
    amount: fields.amount,
    usageMeterId: fields.meterId,
    renewalFrequency: fields.renews === false ? 'once' : 'every_billing_period',
    active: true,
  }
}

function toggle(fields: { slug: string; name: string }) {
  const none = { amount: null, usageMeterId: null, renewalFrequency: null }
  return { type: 'toggle', ...fields, ...none, active: true }
}
