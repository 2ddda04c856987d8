/** A usage meter: its name, and the singular and plural of its credits. */
export type CatalogMeter = { readonly name: string; readonly unit: string; readonly units: string }

/**
 * The meters, features and prices of an application: a value that is passed to metering, to the backend and to `createBilling`. A program
 * can have several.
 */
export type Catalog<
  Meter extends string = string,
  Feature extends string = string,
  Price extends string = string,
> = {
  /** In the order in which they are listed. */
  readonly meters: { readonly [Slug in Meter]: CatalogMeter }
  /** Features that a plan can include. */
  readonly features: { readonly [Slug in Feature]: { readonly name: string } }
  /** Prices of plans and top-ups. */
  readonly prices: { readonly [Slug in Price]: { readonly product: string; readonly name: string } }
}
