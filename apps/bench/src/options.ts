import { parseArgs } from 'node:util'
import type { Timing } from './run/cells.ts'

/** The command line options of a run. */
export type Options = {
  rounds: number
  timing: Timing
  /** Numbers of stored operations to measure a pair with, at least a million each. */
  stored: readonly number[]
  full: boolean
  check: boolean
  /** The revision to compare this one with. */
  against: string | null
  /** Measures only ageing, with this many stored operations. */
  ageing: number | null
  /** Whether a comparison includes the real server. */
  server: boolean
  /** Another Node executable for this revision's server, measured in addition. */
  alsoNode: string | null
  /** Where the report is written as JSON. */
  json: string | null
  /** The directory for a comparison's figures and plot for the documentation. */
  page: string | null
}

export const USAGE = `pnpm bench [--quick] [--against revision] [--rounds 5] [--ms 1500] [--full] [--huge] [--check] [--json file] [--ageing 10000000]

  --quick      three short rounds: the ratios in a minute
  --against    measures another commit beside this one and compares them
  --no-server  leaves the real server out of a comparison
  --also-node  a Node executable on which this revision's server is measured as well
  --page       writes a comparison's figures and plot into a folder of the documentation
  --rounds     interleaved rounds; medians of fewer than 5 say little
  --ms         how long each cell is measured in each round
  --full       also measures a million stored operations, and without --against 24-second runs from empty tables
  --huge       the same with ten million, which take minutes and 8 GB to write
  --ageing     only measures what it costs to age operations out, beside so many; ten million take 6 GB
  --check      ends with 1 when a goal is missed
  --json       also writes the report to a file`

/** A fifth of the measured time, bounded below by what statements and the compiler need to warm up. */
const WARM_UP_SHARE = 0.2
const QUICK = { rounds: '3', ms: '250' }
const ORDINARY = { rounds: '5', ms: '1500' }
const MILLION = 1_000_000

/** Parses the command line; null if it is invalid. */
export function readOptions(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: {
        quick: { type: 'boolean', default: false },
        against: { type: 'string' },
        'no-server': { type: 'boolean', default: false },
        'also-node': { type: 'string' },
        page: { type: 'string' },
        rounds: { type: 'string' },
        ms: { type: 'string' },
        full: { type: 'boolean', default: false },
        huge: { type: 'boolean', default: false },
        ageing: { type: 'string' },
        check: { type: 'boolean', default: false },
        json: { type: 'string' },
      },
    })
    const usual = values.quick ? QUICK : ORDINARY
    const rounds = Number(values.rounds ?? usual.rounds)
    const measureMs = Number(values.ms ?? usual.ms)
    const ageing = values.ageing === undefined ? null : Number(values.ageing)
    if (ageing !== null && !(ageing >= 1000)) return null
    if (!(rounds >= 1) || !(measureMs >= 50)) return null
    return {
      rounds: Math.floor(rounds),
      timing: { warmUpMs: Math.round(measureMs * WARM_UP_SHARE), measureMs },
      stored: values.huge ? [MILLION, 10 * MILLION] : values.full ? [MILLION] : [],
      full: values.full,
      ageing,
      check: values.check,
      against: values.against ?? null,
      server: !values['no-server'],
      alsoNode: values['also-node'] ?? null,
      json: values.json ?? null,
      page: values.page ?? null,
    }
  } catch {
    return null
  }
}
