/** What a run must reach, and how often it did: schedules that never get there prove nothing. */
export type Coverage = {
  reach(what: string, times?: number): void
  counts: ReadonlyMap<string, number>
  /** The required entries that were reached less than `times` times. */
  missing(times: number, required?: readonly string[]): string[]
}

/** The statements of a process: faults are injected at them, and a wrong shard refuses them. */
const STATEMENTS = [
  'place',
  'settle',
  'release',
  'renew_leases',
  'mark_progress',
  'extend_hold',
  'claim_customer',
  'apply_sync',
  'claim_deliveries',
  'record_deliveries',
  'sweep',
]

/** Every legal transition, every response and every fault that one process can survive. */
export const REQUIRED: readonly string[] = [
  ...[
    'new → executing',
    'executing → executing (beat)',
    'executing → executing (taken over)',
    'executing → settled',
    'executing → settled (swept stream)',
    'executing → voided',
    'executing → voided (poisoned)',
    'executing → expired',
    'expired → executing',
    'voided → executing',
    'expired → settled (late)',
  ].map((transition) => `transition ${transition}`),
  ...[
    'answered',
    'replayed',
    'work failed',
    'aborted',
    'crashed',
    'insufficient_credits',
    'spend_cap',
    'limit',
    'not_in_plan',
    'in_progress',
    'hold_expired',
    'key_reused',
    'result_gone',
    'billing_unavailable',
    'outcome_unknown',
    'COST_INVALID',
    'RESULT_TOO_LARGE',
    'OPERATION_POISONED',
    'stopped short',
  ].map((outcome) => `answer ${outcome}`),
  ...[...STATEMENTS, 'backend.read', 'backend.deliver'].flatMap((point) => [
    `fault ${point} killed before`,
    `fault ${point} killed after`,
  ]),
  ...['place', 'settle', 'release', 'record_deliveries', 'claim_customer', 'apply_sync'].flatMap(
    (point) => [`fault ${point} cut before`, `fault ${point} cut after`],
  ),
  'began with less',
  'began with what a limit leaves',
  'cost of a settled operation',
  'cost of a voided operation',
  'cost of an earlier attempt',
  'cost corrected',
  'aged out',
  'key aged out, asked again',
  'period ended',
  'restored',
  'restored without a charge',
  'restored a delivered event',
  'restored the hold of a charge',
  'restored key charged again, counted once',
  'drift missing_at_backend',
  'drift missing_in_metering',
  'drift different',
  'drift redelivered',
  'fault work killed',
  'fault backend away',
  'fault backend unauthorized',
  'fault backend refuses',
  'fault backend loses the answer',
  'fault backend was preempted',
]

/** Also required when customers are spread over two databases. */
export const REQUIRED_OF_SHARDS: readonly string[] = [
  'bucket moved',
  'bucket moved while calls work',
  'move interrupted',
  'move made again',
  ...STATEMENTS.map((point) => `misrouted ${point}`),
]

/** Creates counters of what was reached. */
export function createCoverage(): Coverage {
  const counts = new Map<string, number>()
  return {
    counts,
    reach: (what, times = 1) => void counts.set(what, (counts.get(what) ?? 0) + times),
    missing: (times, required = REQUIRED) =>
      required.filter((what) => (counts.get(what) ?? 0) < times),
  }
}
