import type { Clock } from '@tollgate/contract'
import { isTransient } from '@tollgate/database'
import type { Sleep } from '../sleep.ts'

/** Pauses between two looks; doubles up to the longest, jittered so that a restarted database is not stormed. */
const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 500

/**
 * Asks a repeatable question until the database answers it or `policy.lookupMs` have passed. An unknown commit is never guessed at:
 * asking again either finds it done or does it. Throws the last error, or the first for which `mayChange` says no.
 */
export async function askUntilKnown<Answer>(
  { clock, sleep, policy }: { clock: Clock; sleep: Sleep; policy: { lookupMs: number } },
  ask: () => Promise<Answer>,
  mayChange: (error: unknown) => boolean = isTransient,
): Promise<Answer> {
  const deadline = clock.now().getTime() + policy.lookupMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await ask()
    } catch (error) {
      if (!mayChange(error) || clock.now().getTime() + pause > deadline) throw error
    }
    await sleep(pause * (0.5 + Math.random() / 2))
  }
}
