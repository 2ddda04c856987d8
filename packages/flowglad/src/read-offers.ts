import type { CallOptions, Catalog, Offer } from '@tollgate/contract'
import type { FlowgladContext } from './flowglad-context.ts'
import {
  pricingModelAnswerSchema,
  readAnswer,
  type WirePrice,
  type WirePricingModel,
  type WireProduct,
} from './wire.ts'

/** What the default pricing model sells, in one request. */
export async function readOffers(flowglad: FlowgladContext, call?: CallOptions): Promise<Offer[]> {
  const pricingModel = await readPricingModel(flowglad, call)
  return offersOf(flowglad.catalog, pricingModel)
}

/** The default pricing model; reading it also teaches us the meters' ids. */
export async function readPricingModel(
  flowglad: FlowgladContext,
  call?: CallOptions,
): Promise<WirePricingModel> {
  const answer = await flowglad.connection.read(
    'the pricing model',
    (sdk) => sdk.admin.getDefaultPricingModel(),
    call,
  )
  const { pricingModel } = readAnswer(pricingModelAnswerSchema, answer, 'the pricing model')
  flowglad.meterNames.learn(pricingModel.usageMeters)
  return pricingModel
}

/** The plans and top-ups of a pricing model; what the catalog does not name is not ours to sell. */
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
