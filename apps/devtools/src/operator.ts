import { AUTHOR_ARGS, authorOf, COMMON_ARGS, withDatabase } from '@tollgate/metering/cli'
import { changeOperator, findOperatorAccount, listOperators, readConfig } from '@tollgate/server'
import { defineCommand, runMain } from 'citty'

const ARGS = {
  ...COMMON_ARGS,
  ...AUTHOR_ARGS,
  email: { type: 'positional', required: true, description: 'The address of its account.' },
} as const

const add = defineCommand({
  meta: { name: 'add', description: 'Make an account an operator; it then signs in again.' },
  args: {
    ...ARGS,
    yes: {
      type: 'boolean',
      default: false,
      description: 'The account that is shown is theirs: they have confirmed when it was created.',
    },
  },
  run: ({ args }) => change(args, 'added', args.yes),
})

const remove = defineCommand({
  meta: { name: 'remove', description: 'End that an account is an operator, at once.' },
  args: ARGS,
  run: ({ args }) => change(args, 'removed', true),
})

const list = defineCommand({
  meta: { name: 'list', description: 'List who became an operator and who ceased to be one.' },
  args: COMMON_ARGS,
  async run({ args }) {
    const rows = await withServerDatabase(args, listOperators)
    if (args.json) return print(JSON.stringify(rows))
    for (const { changedAt, change: made, email, changedBy, reason } of rows) {
      print(`${changedAt}  ${made.padEnd(7)}  ${email}  by ${changedBy}: ${reason}`)
    }
  },
})

type ChangeArgs = {
  email: string
  reason: string
  operator?: string | undefined
  'database-url'?: string | undefined
}

async function change(
  args: ChangeArgs,
  made: 'added' | 'removed',
  isConfirmed: boolean,
): Promise<void> {
  const { operator: changedBy, reason } = authorOf(args)
  await withServerDatabase(args, async (database) => {
    const account = await findOperatorAccount(database, args.email)
    if (!account) {
      return fail(
        `No account has the address ${args.email}. Its owner signs up in the Studio first.`,
      )
    }
    const { name, email, createdAt } = account
    print(`${name}, ${email}, created ${createdAt.toISOString()}`)
    if (account.isOperator === (made === 'added')) {
      return print(made === 'added' ? 'It is an operator already.' : 'It is not an operator.')
    }
    // Anyone can sign up with someone else's address.
    if (!isConfirmed) return fail('Ask its owner when it was created, then repeat with --yes.')
    await changeOperator(database, account, { change: made, changedBy, reason })
    print(made === 'added' ? 'It is an operator once it signs in again.' : 'It is out at once.')
  })
}

/** Connects to the database of sign-in, which may differ from metering's. */
function withServerDatabase<Result>(
  args: { 'database-url'?: string | undefined },
  work: Parameters<typeof withDatabase<Result>>[1],
): Promise<Result> {
  return withDatabase({ 'database-url': args['database-url'] ?? readConfig().databaseUrl }, work)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

// `pnpm operator add ada@example.com --reason 'on call from December' --yes`
await runMain(
  defineCommand({
    meta: { name: 'operator', description: 'Who may use the operator’s view.' },
    subCommands: { add, remove, list },
  }),
)
