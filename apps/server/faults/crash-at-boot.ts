import {
  type Cut,
  faultRuns,
  faultSeed,
  type PassingStatement,
  seededRandom,
} from '@tollgate/testing/faults'
import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Testbed, startTestbed } from './testbed.ts'
import type { CrashTable } from './crash-table.ts'
import type { Member } from './member.ts'
import { createRunReport } from './run-report.ts'

const MOMENTS = ['before', 'middle', 'acknowledgement'] as const satisfies Cut['at'][]

/** Kills a server at a random statement of its first start. */
export function crashAtBoot(table: CrashTable): void {
  const seed = faultSeed()
  const random = seededRandom(seed)
  const runs = faultRuns(3)
  const row = table.row('CP24', 'while a database is being set up')
  let testbed: Testbed
  let victim: Member

  beforeAll(async () => {
    testbed = await startTestbed(random)
    victim = await testbed.startMember()
  })
  afterAll(() => testbed.stop())

  /** Starts the victim on an empty database and passes every statement of the start to `decide`. */
  async function boot(name: string, decide: (statement: PassingStatement) => Cut | null) {
    const url = victim.postgres.through(await testbed.emptyDatabase(name))
    await victim.process.kill()
    victim.postgres.decide(decide)
    await testbed.restart(victim, { environment: { DATABASE_URL: url }, wait: false })
    return url
  }

  it(`is complete after the next start, ${runs} times at a random statement (CP24)`, async () => {
    const report = createRunReport('crash at boot', seed)
    let statements = 0
    await boot('boot_whole', () => ((statements += 1), null))
    await expect.poll(() => isReady(victim), { timeout: 60_000 }).toBe(true)
    const inAll = statements
    const whole = await migrationsOf(testbed, 'boot_whole')
    report.figure('statements of a first start', inAll)
    for (let run = 1; run <= runs; run++) {
      const at = MOMENTS[random.below(MOMENTS.length)] ?? 'before'
      const last = 1 + random.below(inAll)
      let seen = 0
      const strike = () => victim.process.strike()
      const url = await boot(`boot_${run}`, () => ((seen += 1) === last ? { at, strike } : null))
      const signal = await victim.process.ended
      victim.postgres.decide(() => null)
      await testbed.restart(victim, { environment: { DATABASE_URL: url } })
      const found = await migrationsOf(testbed, `boot_${run}`)
      report.figure(
        `run ${run}`,
        `${signal} at statement ${last} (${at}), then ${found.length} migrations`,
      )
      if (signal === 'SIGKILL') row.kills += 1
      else report.violation({ invariant: 'harness', detail: `run ${run}: ${signal}` })
      if (found.join() !== whole.join()) {
        report.violation({
          invariant: 'CP24',
          detail: `run ${run}: ${found.join()} instead of ${whole.join()}`,
        })
      }
    }
    expect(report.violations()).toEqual([])
  })
}

async function isReady(member: Member): Promise<boolean> {
  return fetch(`${member.process.url}/readyz`).then(
    (response) => response.ok,
    () => false,
  )
}

async function migrationsOf(testbed: Testbed, name: string): Promise<string[]> {
  const database = openDatabase({ url: await testbed.emptyDatabase(name), maxConnections: 1 })
  try {
    const rows = await database.query<{ migration: string }>({
      text: `select set_name || '/' || file as migration from migration
             union all select set_name || '/' || file || ' ' || checksum from installed_routine
             union all select set_name || ' ' || version from routine_version order by 1`,
    })
    return rows.map(({ migration }) => migration)
  } finally {
    await database.close()
  }
}
