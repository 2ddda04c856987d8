import { defineCommand } from 'citty'
import { acceptRecorded } from '../admin/accept-recorded.ts'
import { inspectOperation } from '../admin/inspect-operation.ts'
import { quarantineEvent } from '../admin/quarantine-event.ts'
import { releaseHold } from '../admin/release-hold.ts'
import { replayQuarantined } from '../admin/replay-quarantined.ts'
import { openMeteringDatabase } from '../store/metering-database.ts'
import { readRelayBacklog } from '../store/relay-backlog.ts'
import { shardsCommand } from './shards-command.ts'
import { AUTHOR_ARGS, authorOf } from './author-args.ts'
import { verifyCommand } from './verify-command.ts'
import { COMMON_ARGS, withDatabase } from './with-database.ts'

const operation = { type: 'positional', required: true, description: 'Its id.' } as const
const transaction = {
  type: 'positional',
  required: true,
  description: 'Its transaction id.',
} as const

const inspect = defineCommand({
  meta: { name: 'inspect', description: 'Show an operation by the id in X-Operation-Id.' },
  args: { ...COMMON_ARGS, operation },
  async run({ args }) {
    const found = await withDatabase(args, (database) => inspectOperation(database, args.operation))
    if (!found) process.exitCode = 1
    console.log(found ? JSON.stringify(found, null, 2) : 'There is no such operation.')
  },
})

const release = defineCommand({
  meta: {
    name: 'release',
    description: "Release a running operation's hold; its process can no longer charge.",
  },
  args: { ...COMMON_ARGS, ...AUTHOR_ARGS, operation },
  async run({ args }) {
    const outcome = await withDatabase(args, (database) =>
      releaseHold(database, args.operation, authorOf(args)),
    )
    print(args, { outcome }, MESSAGES[outcome], outcome === 'released')
  },
})

const MESSAGES = {
  released: 'Released.',
  unknown: 'There is no such operation.',
  executing: 'It is still running.',
  settled: 'It was charged already; nothing to release.',
  voided: 'Its hold was released already.',
  expired: 'Its hold expired already.',
} as const

const quarantine = defineCommand({
  meta: {
    name: 'quarantine',
    description:
      "Quarantine a usage event that the backend never answers for; its customer's balance can be read again.",
  },
  args: { ...COMMON_ARGS, ...AUTHOR_ARGS, transaction },
  async run({ args }) {
    const quarantined = await withDatabase(args, (database) =>
      quarantineEvent(database, args.transaction, authorOf(args)),
    )
    const text = quarantined
      ? 'Quarantined; replay it once the backend answers.'
      : 'No event with this id waits to be sent.'
    print(args, { quarantined }, text, quarantined)
  },
})

const replay = defineCommand({
  meta: {
    name: 'replay',
    description: 'Send quarantined usage events again, after their reason was fixed.',
  },
  args: {
    ...COMMON_ARGS,
    ...AUTHOR_ARGS,
    transaction: { type: 'string', description: 'Only this transaction id.' },
  },
  async run({ args }) {
    const replayed = await withDatabase(args, (database) =>
      replayQuarantined(database, authorOf(args), args.transaction),
    )
    const isKnown = args.transaction === undefined || replayed > 0
    const text = isKnown
      ? `${replayed} usage events will be sent again.`
      : 'No quarantined event has this id.'
    print(args, { replayed }, text, isKnown)
  },
})

const accept = defineCommand({
  meta: {
    name: 'accept',
    description:
      'Charge a quarantined usage event as the backend recorded it; the difference is an adjustment.',
  },
  args: {
    ...COMMON_ARGS,
    ...AUTHOR_ARGS,
    transaction,
    amount: { type: 'string', required: true, description: 'What its reason says is held.' },
  },
  async run({ args }) {
    const { transaction: transactionId } = args
    const accepted = await withDatabase(args, (database) =>
      acceptRecorded(database, { transactionId, amount: Number(args.amount) }, authorOf(args)),
    )
    const text = accepted
      ? `Charged ${args.amount}, as the backend recorded it.`
      : 'No quarantined event with this id has this amount at the backend.'
    print(args, { accepted }, text, accepted)
  },
})

const backlog = defineCommand({
  meta: {
    name: 'backlog',
    description: 'Show how many usage events the backend has not confirmed.',
  },
  args: COMMON_ARGS,
  async run({ args }) {
    const found = await withDatabase(args, async (database) =>
      readRelayBacklog(await openMeteringDatabase(database)),
    )
    const { pending, due, oldestAt } = found
    print(args, found, `${pending} pending, ${due} due, oldest ${oldestAt ?? 'none'}`)
  },
})

/** The operator's commands for metering's own database, by name. */
export const OPERATOR_COMMANDS = {
  verify: verifyCommand,
  inspect,
  release,
  quarantine,
  replay,
  accept,
  backlog,
  shards: shardsCommand,
}

/** Prints what a command did; exit code 1 if it did nothing. */
function print(args: { json: boolean }, json: object, text: string, isDone = true): void {
  if (!isDone) process.exitCode = 1
  console.log(args.json ? JSON.stringify(json) : text)
}
