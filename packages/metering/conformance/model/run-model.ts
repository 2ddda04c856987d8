import fc from 'fast-check'
import { seededRandom } from '@tollgate/testing/faults'
import { checkHistory } from './check-history.ts'
import { type Command, commandsArbitrary } from './commands.ts'
import type { Coverage } from './coverage.ts'
import { quiesce } from './quiesce.ts'
import { createSchedule } from './schedule.ts'
import type { Scratch } from './scratch.ts'
import { openScratchDatabase } from './scratch-database.ts'
import { openScratchShards } from './scratch-shards.ts'
import { type Start, startArbitrary } from './start-arbitrary.ts'
import type { Trace } from './trace.ts'
import { createWorld } from './create-world.ts'

/** Runs schedules until one breaks a rule; returns the shrunk violation with its seed, or null. */
export async function runModel(options: {
  server: string
  /** A server with PL/Proxy, when customers are to be spread over two databases behind it. */
  proxyServer?: string
  runs: number
  seed: number
  commands: number
  coverage: Coverage
  trace: Trace
  shrink?: boolean
  /** Settings of the database session. */
  settings?: Record<string, string>
}): Promise<string | null> {
  const { server, proxyServer } = options
  const scratch =
    proxyServer === undefined
      ? await openScratchDatabase(server, options.settings)
      : await openScratchShards(server, proxyServer)
  const original = Math.random
  try {
    const property = fc.asyncProperty(
      commandsArbitrary(options.commands, scratch.shards !== null),
      startArbitrary,
      fc.noShrink(fc.nat()),
      (commands, start, order) => runSchedule({ ...options, scratch }, { commands, start, order }),
    )
    const details = await fc.check(property, {
      seed: options.seed,
      numRuns: options.runs,
      // Shrinking repeats a schedule over a hundred times; worth it only when a person reads the result.
      endOnFailure: !options.shrink,
    })
    if (!details.failed) return null
    return `${describe(details.errorInstance)}\n${fc.defaultReportMessage(details) ?? ''}`
  } finally {
    Math.random = original
    await scratch.close()
  }
}

/** Runs one schedule in a world of its own; throws a `ModelViolation` when a rule is broken. */
export async function runSchedule(
  { scratch, coverage, trace }: { scratch: Scratch; coverage: Coverage; trace: Trace },
  { commands, start, order }: { commands: Iterable<Command>; start: Start; order: number },
): Promise<void> {
  const random = seededRandom(order)
  // Jitter is part of a schedule, so the same seed has to produce the same jitter.
  Math.random = random.next
  trace.record('schedule', String(order), start)
  const schedule = createSchedule({ random, trace })
  const world = createWorld({ scratch, coverage, schedule, trace, start })
  await scratch.begin({ now: world.instant, zone: start.zone })
  try {
    for (const command of commands) await command.run({}, world)
    await quiesce(world)
    await checkHistory(world)
    trace.record('history', '', world.history)
  } finally {
    schedule.close()
    for (const end of world.endings) end()
    await scratch.reset(coverage)
  }
}

/** A violation needs no addition; a database error is extended with its statement. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const details = ['detail', 'where', 'internalQuery'].map((field) =>
    String(Reflect.get(error, field) ?? ''),
  )
  return [String(error), ...details.filter(Boolean)].join('\n')
}
