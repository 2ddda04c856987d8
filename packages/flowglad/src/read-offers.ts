import type { CallOptions, Catalog, Offer } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import { FlowgladFailure } from './flowglad-failure.ts'
import {
  pricingModelAnswerSchema,
  readAnswer,
  type WirePrice,
  type WirePricingModel,
  type WireProduct,
} from './wire.ts'

/** The offers of the default pricing model: one request with the API, none without. */
export async function readOffers(flowglad: FlowgladContext, call?: CallOptions): Promise<Offer[]> {
  const pricingModel = await readPricingModel(flowglad, call)
  return offersOf(flowglad.catalog, pricingModel)
}

/** The default pricing model; without the API, the one in the latest billing of a customer. */
export async function readPricingModel(
  flowglad: FlowgladContext,
  call?: CallOptions,
): Promise<WirePricingModel> {
  const { api, connection, pricing } = flowglad
  if (!api) return pricing.latest() ?? unknownYet()
  const answer = await connection.read(
    'the pricing model',
    (limits) => api.get('/api/v1/pricing-models/default', limits),
    call,
  )
  const { pricingModel } = readAnswer(pricingModelAnswerSchema, answer, 'the pricing model')
  pricing.learn(pricingModel)
  return pricingModel
}

function unknownYet(): never {
  throw new FlowgladFailure(
    'unreachable',
    'What Flowglad sells is not known before the billing of a first customer was read. Give flowgladBackend() an `api` to know it from the start.',
  )
}

/** The plans and top-ups of a pricing model; what is not in the catalog is left out. */
function offersOf(catalog: Catalog, pricingModel: WirePricingModel): Offer[] {
  const meterIds = new Map(pricingModel.usageMeters.map((meter) => [meter.id, meter.slug]))
  return pricingModel.products
    .filter((product) => product.active)
    .flatMap((product) =>
      product.prices
        .filter((price) => price.active)
        .map((price) => offer(catalog, { product, price, meterIds }))
        .filter((candidate) => candidate !== null),
    )
}

type Listed = { product: WireProduct; price: WirePrice; meterIds: Map<string, string> }

function offer(catalog: Catalog, { product, price, meterIds }: Listed): Offer | null {
  const kind = KINDS[price.type]
  const priceSlug = price.slug ?? ''
  if (!kind || !Object.hasOwn(catalog.prices, priceSlug)) return null
  return {
    kind,
    productSlug: product.slug ?? priceSlug,
    priceSlug,
    name: product.name,
    description: product.description ?? null,
    unitPrice: price.unitPrice,
    currency: price.currency,
    interval: kind === 'plan' ? interval(price) : null,
    isDefault: product.default,
    grants: product.features.flatMap((feature) => {
      const meter = meterIds.get(feature.usageMeterId ?? '') ?? ''
      if (feature.type !== 'usage_credit_grant' || !Object.hasOwn(catalog.meters, meter)) return []
      const renews = feature.renewalFrequency === 'every_billing_period'
      return [{ meter, amount: feature.amount ?? 0, renews }]
    }),
    features: product.features.flatMap(({ type, slug, name }) =>
      type === 'toggle' && Object.hasOwn(catalog.features, slug) ? [{ slug, name }] : [],
    ),
  }
}

const KINDS: Record<string, Offer['kind'] | undefined> = {
  subscription: 'plan',
  single_payment: 'topup',
}

function interval(price: WirePrice): Offer['interval'] {
  return price.intervalUnit === 'year' ? 'year' : 'month'
}
