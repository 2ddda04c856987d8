import { MeteringError } from '../../src/metering-error.ts'
import type { Attempt } from './history.ts'

/** What a refusal for want of credits, or of room in a limit, says. */
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
