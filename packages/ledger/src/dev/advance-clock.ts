import type { Ledger } from '../core/ledger.ts'
import { LedgerError } from '../core/ledger-error.ts'
import { processDueCustomers } from '../due/start-timer.ts'

/** Ten years per call; advance further in several calls. */
const STEP_MS_MAX = 10 * 366 * 86_400_000

/** Advances ledger time and processes everything that falls due; resolves to the new time. */
export async function advanceClock(ledger: Ledger, milliseconds: number): Promise<number> {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 1 || milliseconds > STEP_MS_MAX) {
    throw new LedgerError(
      'BAD_REQUEST',
      `The clock moves forward by 1 to ${STEP_MS_MAX} ms at once, not by ${milliseconds}.`,
    )
  }
  const now = await ledger.clock.advance(milliseconds)
  // A customer whose payment cannot be collected stays due, so the loop ends once a round makes no progress.
  let seen = 0
  let due = await processDueCustomers(ledger)
  while (due > 0 && due !== seen) {
    seen = due
    due = await processDueCustomers(ledger)
  }
  return now
}
