/** What a billed procedure says of its price in its type: enough for a client, and nothing of how it is computed. */
export interface BilledMeta<
  Charges = unknown,
  Settle extends 'hold' | 'reported' = 'hold' | 'reported',
> {
  readonly billing: { readonly charges: Charges; readonly settle: Settle }
}
