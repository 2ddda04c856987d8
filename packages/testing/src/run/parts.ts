/** One part of the whole test run: a script of the root package. */
export type Part = {
  script: string
  /** Vitest's parts count their tests; any other command counts as one. */
  runner: 'vitest' | 'command'
  /** Whether it uses a browser. */
  browser?: true
  /** Its duration on a machine with two cores, next to what runs at the same time. */
  seconds: number
  arguments?: readonly string[]
  /** Whether it mostly waits (for leases, browsers, other programs), so that it can run beside the parts that compute. */
  waits?: true
}

/** The parts of `npm test`: those that compute in sequence, cheap ones first, and beside them those that wait. */
export const PARTS: readonly Part[] = [
  { script: 'format:check', runner: 'command', seconds: 5 },
  { script: 'lint', runner: 'command', seconds: 25 },
  { script: 'boundaries', runner: 'command', seconds: 5 },
  { script: 'typecheck', runner: 'command', seconds: 35 },
  { script: 'knip', runner: 'command', seconds: 10 },
  // Includes the conformance tests of the ledger (`pnpm test:contract`), one of which opens a page.
  { script: 'test:unit', runner: 'vitest', browser: true, seconds: 400 },
  // A fixed seed, so that a failure is due to the change; `pnpm test:model` picks new ones.
  { script: 'test:model', runner: 'command', seconds: 110, arguments: ['--seed', '20261122'] },
  { script: 'test:packages', runner: 'vitest', seconds: 70 },
  { script: 'test:crash', runner: 'vitest', waits: true, seconds: 200 },
  { script: 'test:e2e', runner: 'vitest', waits: true, browser: true, seconds: 330 },
  { script: 'test:mobile', runner: 'vitest', waits: true, browser: true, seconds: 130 },
]

/** What `.ci/run` adds: parts that need Debian's packages and, with --all, those that repeat most of the above in a clone. */
export const CI_PARTS: readonly Part[] = [
  { script: 'test:cluster', runner: 'vitest', waits: true, seconds: 300 },
  { script: 'test:adoption', runner: 'vitest', browser: true, seconds: 500 },
]

/** What is left out because it takes long, or needs a machine of its own. */
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

/** The lanes that run at the same time; the parts of a lane run in sequence. */
export function lanesOf(parts: readonly Part[]): Part[][] {
  const lanes = [parts.filter(({ waits }) => !waits), parts.filter(({ waits }) => waits)]
  return lanes.filter((lane) => lane.length > 0)
}
