import type { Clock } from '@tollgate/contract'
import { isTransient, type Sleep } from '@tollgate/database'

/** The pause between attempts doubles up to the longest, with jitter so that a restarted database is not overwhelmed. */
const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 500

/**
 * Retries an idempotent statement until the database answers or `policy.commitLookupTimeoutMs` have passed. The outcome of a commit is
 * never guessed: another attempt either finds it done or does it. Throws the last error, or the first that is not retryable.
 */
export async function retryIdempotent<Answer>(
  {
    clock,
    sleep,
    policy,
  }: { clock: Clock; sleep: Sleep; policy: { commitLookupTimeoutMs: number } },
  run: () => Promise<Answer>,
  isRetryable: (error: unknown) => boolean = isTransient,
): Promise<Answer> {
  const deadline = clock.now().getTime() + policy.commitLookupTimeoutMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await run()
    } catch (error) {
      if (!isRetryable(error) || clock.now().getTime() + pause > deadline) throw error
    }
    await sleep(pause * (0.5 + Math.random() / 2))
  }
}
