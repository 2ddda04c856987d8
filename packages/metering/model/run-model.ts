import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { checkHistory } from './check-history.ts'
import { comeToRest } from './come-to-rest.ts'
import { commandsArbitrary } from './commands.ts'
import type { Coverage } from './coverage.ts'
import { createGate } from './gate.ts'
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts'
import { createWorld } from './world.ts'

/** Runs schedules until one breaks a rule; returns what it was, shrunk and with its seed, or null. */
export async function runModel(options: {
  server: string
  runs: number
  seed: number
  commands: number
  coverage: Coverage
  shrink: boolean
}): Promise<string | null> {
  const scratch = await openScratchDatabase(
    options.server,
    `model_${randomBytes(4).toString('hex')}`,
  )
  const restore = replaceRandom()
  try {
    const property = fc.asyncProperty(
      commandsArbitrary(options.commands),
      fc.scheduler({ act: actAlone }),
      (commands, scheduler) =>
        runSchedule({ scratch, coverage: options.coverage }, commands, scheduler),
    )
    const details = await fc.check(property, {
      seed: options.seed,
      numRuns: options.runs,
      // Shrinking repeats a schedule a hundred times and more; it is worth it for whoever reads one.
      endOnFailure: !options.shrink,
    })
    if (!details.failed) return null
    return `${tell(details.errorInstance)}\n${fc.defaultReportMessage(details) ?? ''}`
  } finally {
    restore()
    await scratch.close()
  }
}

async function runSchedule(
  parts: { scratch: ScratchDatabase; coverage: Coverage },
  commands: Iterable<
    Parameters<typeof fc.scheduledModelRun>[2] extends Iterable<infer C> ? C : never
  >,
  scheduler: fc.Scheduler,
): Promise<void> {
  const gate = createGate(scheduler)
  const world = createWorld({ ...parts, gate })
  try {
    await fc.scheduledModelRun(scheduler, () => ({ model: {}, real: world }), commands)
    await comeToRest(world)
    await checkHistory(world)
  } finally {
    gate.open()
    for (const end of world.endings) end()
    await parts.scratch.reset(parts.coverage)
  }
}

/** One act at a time: everything it sets in motion has come to its next gate before another begins. */
async function actAlone(act: () => Promise<void>): Promise<void> {
  await act()
  await new Promise((resolve) => setImmediate(resolve))
}

/** Jitter is part of a schedule, so it has to come out the same for the same seed. */
function replaceRandom(): () => void {
  const original = Math.random
  let state = 1
  Math.random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  return () => {
    Math.random = original
  }
}

/** A violation speaks for itself; an error of the database also says at which statement. */
function tell(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const told = ['detail', 'where', 'internalQuery'].map((field) =>
    String(Reflect.get(error, field) ?? ''),
  )
  return [String(error), ...told.filter(Boolean)].join('\n')
}
