import { inspect } from 'node:util'
import { type Logger, silentLogger } from '@tollgate/contract'

/** Shows unexpected errors of the backend in the test's output. */
export const stderrLogger: Logger = {
  ...silentLogger,
  error: (fields, message) => process.stderr.write(`${message}: ${inspect(fields)}\n`),
}
