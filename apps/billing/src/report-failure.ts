import type { StartFailure } from './explain-start.ts'

/** Reports why the backend did not start to the supervising server, if there is one; returns once the message is sent. */
export async function reportFailure(failure: StartFailure): Promise<void> {
  await new Promise<void>((resolve) => {
    // Resolves even if the channel is closed.
    if (process.send) process.send({ failed: failure }, () => resolve())
    else resolve()
  })
}
