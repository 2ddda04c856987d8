import type { StartFailure } from './explain-start.ts'

/** Reports to the supervising server, if there is one, why startup failed; resolves once the message is sent. */
export async function reportFailure(failure: StartFailure): Promise<void> {
  await new Promise<void>((resolve) => {
    // Also resolves if the channel is closed.
    if (process.send) process.send({ failed: failure }, () => resolve())
    else resolve()
  })
}
