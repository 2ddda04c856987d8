import { OPERATOR_COMMANDS } from '@tollgate/metering/cli'
import { defineCommand, runMain } from 'citty'
import { backedUpCommand } from './backed-up-command.ts'
import { eraseCommand } from './erase-command.ts'
import { driftCommand } from './drift/drift-command.ts'

// `pnpm billing:admin <command>`: metering's commands, and what needs the billing backend as well.
await runMain(
  defineCommand({
    meta: { name: 'billing:admin', description: "The operator's commands." },
    subCommands: {
      ...OPERATOR_COMMANDS,
      drift: driftCommand,
      'backed-up': backedUpCommand,
      erase: eraseCommand,
    },
  }),
)
