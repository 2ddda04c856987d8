import { MeteringError } from '../../src/metering-error.ts'
import type { Attempt } from './history.ts'

/** What a refusal for want of credits, or of room in a limit, says. */
export function refusalOf(error: unknown): Attempt['refusal'] {
  const billing = error instanceof MeteringError ? error.billing : null
  switch (billing?.kind) {
    case 'insufficient_credits':
      return { ...refusedHold(billing), left: billing.availableBalance }
    case 'limit':
    case 'spend_cap':
      return { ...refusedHold(billing), left: billing.left }
    default:
      return null
  }
}

function refusedHold({ meter, required }: { meter: string; required: number }) {
  return { meter, required }
}
