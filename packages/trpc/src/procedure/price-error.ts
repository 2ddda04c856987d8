/** A billed procedure has a price that cannot be charged. */
export class PriceError extends Error {
  override readonly name = 'PriceError'
  readonly code = 'PRICE_INVALID'

  constructor(problem: string) {
    // Thrown while modules load, so only developers see it.
    super(`The price of a billed procedure ${problem} Guide: errors#price-invalid`)
  }
}
