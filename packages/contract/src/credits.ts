import type { Brand } from './brand.ts'

/** A whole, non-negative number of a meter's smallest unit. */
export type Credits = Brand<number, 'Credits'>

/** The maximum of one usage event: the width of Flowglad's amount column. */
export const MAX_EVENT_CREDITS = 2_147_483_647

/** Makes `Credits` from a number; throws `InvalidCreditsError` for anything but a safe integer ≥ 0. */
export function credits(value: number): Credits {
  if (!isCredits(value)) throw new InvalidCreditsError(value)
  return value
}

/** Whether a value can be an amount to charge: an integer from 1 to `MAX_EVENT_CREDITS`. */
export function isChargeable(value: unknown): value is Credits {
  return isCredits(value) && value >= 1 && value <= MAX_EVENT_CREDITS
}

/** A number was not a non-negative safe integer. */
export class InvalidCreditsError extends Error {
  override readonly name = 'InvalidCreditsError'
  readonly code = 'INVALID_CREDITS'
  readonly value: number

  constructor(value: number) {
    super(`Credits are whole numbers from 0 up, in the meter's smallest unit; got ${value}.`)
    this.value = value
  }
}

function isCredits(value: unknown): value is Credits {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
