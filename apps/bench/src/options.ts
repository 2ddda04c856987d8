import { parseArgs } from 'node:util'
import type { Timing } from './run/cells.ts'

/** What a run was asked for on the command line. */
export type Options = {
  rounds: number
  timing: Timing
  full: boolean
  check: boolean
  /** Where the report is written as JSON. */
  json: string | null
}

export const USAGE = `pnpm bench [--rounds 5] [--ms 1500] [--full] [--check] [--json file]

  --rounds  interleaved rounds; medians of fewer than 5 say little
  --ms      how long each cell is measured in each round
  --full    also measures a million stored events and 24-second runs from empty tables
  --check   ends with 1 when a goal is missed
  --json    also writes the report to a file`

/** A fifth of the measured time, as long as a statement and the compiler need to get warm. */
const WARM_UP_SHARE = 0.2

/** Reads the command line; null when it cannot be understood. */
export function readOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        rounds: { type: 'string', default: '5' },
        ms: { type: 'string', default: '1500' },
        full: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    })
    const rounds = Number(values.rounds)
    const measureMs = Number(values.ms)
    if (!(rounds >= 1) || !(measureMs >= 50)) return null
    return {
      rounds: Math.floor(rounds),
      timing: { warmUpMs: Math.round(measureMs * WARM_UP_SHARE), measureMs },
      full: values.full,
      check: values.check,
      json: values.json ?? null,
    }
  } catch {
    return null
  }
}
