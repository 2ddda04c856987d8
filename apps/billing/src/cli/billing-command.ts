import { defineCommand } from 'citty'
import { balanceCommand } from './balance-command.ts'
import { clockCommand } from './clock-command.ts'
import { grantCommand, revokeCommand } from './credit-commands.ts'
import { customersCommand } from './customers-command.ts'
import { failNextPaymentCommand, faultsCommand } from './fault-commands.ts'
import { keysCommand } from './keys-command.ts'
import { ledgerCommand } from './ledger-command.ts'
import { planCommand } from './plan-command.ts'
import { usageCommand } from './usage-command.ts'
import { verifyCommand } from './verify-command.ts'
import { webhooksCommand } from './webhooks-command.ts'

/** The command line of the billing backend: the console's functions for scripts. */
export const billingCommand = defineCommand({
  meta: {
    name: 'pnpm billing',
    description: 'Inspects and changes the running billing backend over HTTP, with its API key',
  },
  subCommands: {
    customers: customersCommand,
    balance: balanceCommand,
    ledger: ledgerCommand,
    grant: grantCommand,
    revoke: revokeCommand,
    plan: planCommand,
    usage: usageCommand,
    keys: keysCommand,
    webhooks: webhooksCommand,
    verify: verifyCommand,
    clock: clockCommand,
    'fail-next-payment': failNextPaymentCommand,
    faults: faultsCommand,
  },
})
