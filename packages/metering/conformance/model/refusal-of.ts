import { MeteringError } from '../../src/metering-error.ts'
import type { Attempt } from './history.ts'

/** The details of a refusal for insufficient credits or a reached limit. */
export function refusalOf(error: unknown): Attempt['refusal'] {
  const billing = error instanceof MeteringError ? error.billing : null
  if (billing?.kind === 'insufficient_credits') {
    const { meter, required, availableBalance } = billing
    return { meter, required, left: availableBalance }
  }
  if (billing?.kind === 'limit' || billing?.kind === 'spend_cap') {
    const { meter, required, left } = billing
    return { meter, required, left }
  }
  return null
}
