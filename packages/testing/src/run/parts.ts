/** One part of the whole test run: a script of the root package. */
export type Part = {
  script: string
  /** Vitest's parts count their tests; any other command counts as one. */
  runner: 'vitest' | 'command'
  /** Whether it opens pages. */
  browser?: true
  /** What it takes on a machine of two cores beside what runs at the same time. */
  seconds: number
  arguments?: readonly string[]
  /** Whether it mostly waits (for leases, browsers, other programs), so that it runs beside the parts that compute. */
  waits?: true
}

/** What `npm test` runs: the parts that compute one after the other, cheap ones first, and beside them those that wait. */
export const PARTS: readonly Part[] = [
  { script: 'format:check', runner: 'command', seconds: 5 },
  { script: 'lint', runner: 'command', seconds: 25 },
  { script: 'boundaries', runner: 'command', seconds: 5 },
  { script: 'typecheck', runner: 'command', seconds: 35 },
  { script: 'knip', runner: 'command', seconds: 10 },
  // The conformance tests of the ledger (`pnpm test:contract`) are among them, and one of them opens a page.
  { script: 'test:unit', runner: 'vitest', browser: true, seconds: 400 },
  // Always the same schedules, so that a change is judged by what it changed; `pnpm test:model` draws new ones.
  { script: 'test:model', runner: 'command', seconds: 110, arguments: ['--seed', '20261122'] },
  { script: 'test:packages', runner: 'vitest', seconds: 70 },
  { script: 'test:crash', runner: 'vitest', waits: true, seconds: 200 },
  { script: 'test:e2e', runner: 'vitest', waits: true, browser: true, seconds: 330 },
  { script: 'test:mobile', runner: 'vitest', waits: true, browser: true, seconds: 130 },
]

/** What `.ci/run` adds: what needs Debian's packages and, with --all, what repeats most of the above in a clone. */
export const CI_PARTS: readonly Part[] = [
  { script: 'test:cluster', runner: 'vitest', waits: true, seconds: 300 },
  { script: 'test:adoption', runner: 'vitest', browser: true, seconds: 500 },
]

/** What it leaves out, because it takes long, or needs a machine to itself. */
export const NOT_RUN: readonly { script: string; what: string }[] = [
  {
    script: 'test:cluster',
    what: 'HAProxy, PL/Proxy and Prometheus from Debian, which .ci/run installs',
  },
  { script: 'test:overspend', what: 'thousands of concurrent calls against one balance' },
  { script: 'test:outage', what: 'the billing backend is away under load' },
  { script: 'test:database-faults', what: 'the database is killed and cut off under load' },
  { script: 'fuzz', what: 'twenty thousand random requests to every route of both programs' },
  { script: 'soak', what: 'three minutes of mixed load, and twenty stops under it' },
  {
    script: 'test:mutants',
    what: 'every guard of the core and of every money rule is removed once and noticed',
  },
  {
    script: 'test:floors',
    what: 'the lowest and the newest releases that our packages accept, from the registry',
  },
  { script: 'test:client', what: 'the packed client outside of here, on a bad network' },
  {
    script: 'test:adoption',
    what: 'a clone with generated procedures and a new meter',
  },
  {
    script: 'test:container',
    what: 'the image, built by the steps of the Dockerfile, entered as its user',
  },
  { script: 'test:newcomer', what: 'a clone, a generated procedure, a call: within a minute' },
]

/** What runs at the same time: each lane is a list of parts that run one after the other. */
export function lanesOf(parts: readonly Part[]): Part[][] {
  const lanes = [parts.filter(({ waits }) => !waits), parts.filter(({ waits }) => waits)]
  return lanes.filter((lane) => lane.length > 0)
}
