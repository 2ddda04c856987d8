import type { StartFailure } from './explain-start.ts'

/** Reports why the backend will never answer to the server that started this process, if one did; returns when it is on its way. */
export async function reportFailure(failure: StartFailure): Promise<void> {
  await new Promise<void>((resolve) => {
    // Whether or not anyone is left to hear it.
    if (process.send) process.send({ failed: failure }, () => resolve())
    else resolve()
  })
}
