import {
  acceptCommand,
  backlogCommand,
  inspectCommand,
  releaseCommand,
  replayCommand,
  setAsideCommand,
} from './cli/operator-commands.ts'
import { verifyCommand } from './cli/verify-command.ts'

export { withBooks } from './cli/open-books.ts'
export { shared } from './cli/shared-arguments.ts'

/** The operator's commands for metering's own database, by name. */
export const OPERATOR_COMMANDS = {
  verify: verifyCommand,
  inspect: inspectCommand,
  release: releaseCommand,
  'set-aside': setAsideCommand,
  replay: replayCommand,
  accept: acceptCommand,
  backlog: backlogCommand,
}
