/** An error with a code that the guide explains, and an exit code for scripts. */
export abstract class CommandError extends Error {
  abstract readonly code: string
  /** 1: the backend refused. 2: the command was not understood. 3: the backend is unreachable. */
  abstract readonly exitCode: 1 | 2 | 3
}
