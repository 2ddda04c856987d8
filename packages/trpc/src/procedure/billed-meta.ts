/** What a billed procedure's type reveals about its price: enough for a client, but not how it is computed. */
export interface BilledMeta<
  Charges = unknown,
  Settle extends 'hold' | 'reported' = 'hold' | 'reported',
> {
  readonly billing: { readonly charges: Charges; readonly settle: Settle }
}
