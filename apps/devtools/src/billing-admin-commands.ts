import { OPERATOR_COMMANDS } from '@tollgate/metering/cli'
import { backedUpCommand } from './backed-up-command.ts'
import { driftCommand } from './drift/drift-command.ts'
import { eraseCommand } from './erase-command.ts'

/** Metering's commands, and those that also need the billing backend or the server's data. */
export const BILLING_ADMIN_COMMANDS = {
  ...OPERATOR_COMMANDS,
  drift: driftCommand,
  'backed-up': backedUpCommand,
  erase: eraseCommand,
}
