import { defineCommand, runMain } from 'citty'
import { OPERATOR_COMMANDS } from './admin-cli.ts'

await runMain(
  defineCommand({
    meta: { name: 'billing:admin', description: "The operator's commands for metering." },
    subCommands: OPERATOR_COMMANDS,
  }),
)
