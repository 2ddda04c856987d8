/**
 * Marks our errors by class. A program may load two copies of a package, whose classes differ although their errors are the same:
 * `instanceof` checks this brand.
 */
export const ERROR_BRAND: unique symbol = Symbol.for('tollgate.error')

/** Whether a value is an error of this kind, from any copy of its package. */
export function hasErrorBrand(value: unknown, brand: string): value is Error {
  return value instanceof Error && ERROR_BRAND in value && value[ERROR_BRAND] === brand
}
