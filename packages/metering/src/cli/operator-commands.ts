import { defineCommand } from 'citty'
import { acceptRecorded } from '../admin/accept-recorded.ts'
import { inspectOperation } from '../admin/inspect-operation.ts'
import { releaseHold } from '../admin/release-hold.ts'
import { replayQuarantined } from '../admin/replay-quarantined.ts'
import { setAside } from '../admin/set-aside.ts'
import { readOwnedBuckets } from '../store/metering-database.ts'
import { readRelayBacklog } from '../store/relay-backlog.ts'
import { withBooks } from './open-books.ts'
import { shared } from './shared-arguments.ts'

/** Shows everything known of one operation. */
export const inspectCommand = defineCommand({
  meta: { name: 'inspect', description: 'Show an operation by the id in X-Operation-Id.' },
  args: { ...shared, operation: { type: 'positional', required: true, description: 'Its id.' } },
  async run({ args }) {
    const found = await withBooks(args, (database) => inspectOperation(database, args.operation))
    if (!found) process.exitCode = 1
    console.log(found ? JSON.stringify(found, null, 2) : 'There is no such operation.')
  },
})

/** Gives a running operation's hold back. */
export const releaseCommand = defineCommand({
  meta: {
    name: 'release',
    description: "Give a running operation's hold back; its process can no longer charge.",
  },
  args: { ...shared, operation: { type: 'positional', required: true, description: 'Its id.' } },
  async run({ args }) {
    const outcome = await withBooks(args, (database) => releaseHold(database, args.operation))
    if (outcome !== 'released') process.exitCode = 1
    console.log(args.json ? JSON.stringify({ outcome }) : MESSAGES[outcome])
  },
})

const MESSAGES = {
  released: 'Released.',
  unknown: 'There is no such operation.',
  executing: 'It is still running.',
  settled: 'It was charged already; nothing to release.',
  voided: 'Its hold was given back already.',
  expired: 'Its hold ran out already.',
} as const

/** Takes an event off its way for which the backend never answers. */
export const setAsideCommand = defineCommand({
  meta: {
    name: 'set-aside',
    description:
      'Take a usage event off its way that the backend never answers for; its customer can be read again.',
  },
  args: {
    ...shared,
    transaction: { type: 'positional', required: true, description: 'Its transaction id.' },
  },
  async run({ args }) {
    const done = await withBooks(args, (database) => setAside(database, args.transaction))
    if (!done) process.exitCode = 1
    const message = done
      ? 'Set aside; replay it once the backend answers.'
      : 'No event with this id waits to be sent.'
    console.log(args.json ? JSON.stringify({ setAside: done }) : message)
  },
})

/** Puts quarantined events back on their way. */
export const replayCommand = defineCommand({
  meta: {
    name: 'replay',
    description: 'Send usage events that were set aside again, after their reason was mended.',
  },
  args: { ...shared, transaction: { type: 'string', description: 'Only this transaction id.' } },
  async run({ args }) {
    const replayed = await withBooks(args, (database) =>
      replayQuarantined(database, args.transaction),
    )
    console.log(
      args.json ? JSON.stringify({ replayed }) : `${replayed} usage events are on their way again.`,
    )
  },
})

/** Ends a quarantined event for which the backend holds another amount. */
export const acceptCommand = defineCommand({
  meta: {
    name: 'accept',
    description:
      'Charge a quarantined usage event as the backend recorded it; the difference is an adjustment.',
  },
  args: {
    ...shared,
    transaction: { type: 'positional', required: true, description: 'Its transaction id.' },
    amount: { type: 'string', required: true, description: 'What its reason says is held.' },
  },
  async run({ args }) {
    const accepted = await withBooks(args, (database) =>
      acceptRecorded(database, {
        transactionId: args.transaction,
        amount: Number(args.amount),
      }),
    )
    if (!accepted) process.exitCode = 1
    const message = accepted
      ? `Charged ${args.amount}, as the backend recorded it.`
      : 'No quarantined event with this id has this amount at the backend.'
    console.log(args.json ? JSON.stringify({ accepted }) : message)
  },
})

/** Says how far the backend is behind. */
export const backlogCommand = defineCommand({
  meta: {
    name: 'backlog',
    description: 'Show how many usage events the backend has not confirmed.',
  },
  args: shared,
  async run({ args }) {
    const backlog = await withBooks(args, async (database) =>
      readRelayBacklog({ ...database, bucketCount: (await readOwnedBuckets(database)).length }),
    )
    const { pending, due, oldestAt } = backlog
    console.log(
      args.json
        ? JSON.stringify(backlog)
        : `${pending} pending, ${due} due, oldest ${oldestAt ?? 'none'}`,
    )
  },
})
