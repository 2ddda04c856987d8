/** A usage meter: what it is called, and what one and several of its credits are called. */
export type CatalogMeter = { readonly name: string; readonly unit: string; readonly units: string }

/**
 * What is counted, switched on and sold: a value that is passed to metering, to the backend and to `createBilling`. Several of them
 * can live in one program.
 */
export type Catalog<
  Meter extends string = string,
  Feature extends string = string,
  Price extends string = string,
> = {
  /** In the order in which they are listed. */
  readonly meters: { readonly [Slug in Meter]: CatalogMeter }
  /** What a plan switches on. */
  readonly features: { readonly [Slug in Feature]: { readonly name: string } }
  /** Prices of plans and top-ups. */
  readonly prices: { readonly [Slug in Price]: { readonly product: string; readonly name: string } }
}
