/**
 * Converts Flowglad's older file format to the current one: flat meters are wrapped, and a product with a usage price moves below its
 * meter. A current file is returned unchanged.
 */
export function upgradeLegacyPricing(file: unknown): unknown {
  if (!isRecord(file) || !isLegacy(file)) return file
  const products = listOf(file['products'])
  const usageProducts = products.filter(isUsageProduct)
  return {
    ...file,
    products: products.filter((product) => !isUsageProduct(product)),
    usageMeters: listOf(file['usageMeters']).map((meter) => {
      if (!isRecord(meter) || 'usageMeter' in meter) return meter
      return {
        usageMeter: meter,
        prices: usageProducts
          .map((product) => (isRecord(product) ? product['price'] : undefined))
          .filter((price) => isRecord(price) && price['usageMeterSlug'] === meter['slug'])
          .map((price) => usagePriceOf(price)),
      }
    }),
  }
}

function isLegacy(file: Record<string, unknown>): boolean {
  const flatMeter = listOf(file['usageMeters']).some(
    (meter) => isRecord(meter) && !('usageMeter' in meter),
  )
  return flatMeter || listOf(file['products']).some(isUsageProduct)
}

function isUsageProduct(product: unknown): boolean {
  return isRecord(product) && isRecord(product['price']) && product['price']['type'] === 'usage'
}

function usagePriceOf(price: unknown): unknown {
  if (!isRecord(price)) return price
  const { usageMeterSlug: _moved, trialPeriodDays: _unused, usageMeterId: _gone, ...rest } = price
  return { ...rest, isDefault: true }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
