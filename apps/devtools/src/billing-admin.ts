import { defineCommand, runMain } from 'citty'
import { BILLING_ADMIN_COMMANDS } from './billing-admin-commands.ts'

// `pnpm billing:admin <command>`
await runMain(
  defineCommand({
    meta: { name: 'billing:admin', description: "The operator's commands." },
    subCommands: BILLING_ADMIN_COMMANDS,
  }),
)
