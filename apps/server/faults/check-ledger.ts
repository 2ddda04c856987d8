import { checkInvariants } from '@tollgate/metering/postgres'
import { checkHistory, type History } from '@tollgate/testing/faults'
import { readOperations, sinkDifferences } from './read-operations.ts'
import type { Testbed } from './testbed.ts'
import type { RunReport } from './run-report.ts'
import { say } from './say.ts'
import { STILL_HELD, STILL_PENDING, untilNoRows } from './until-no-rows.ts'

/** Lease 30 s, grace 5 s, sweep 5 s: after this the holds of a dead process have expired. */
export const HOLDS_FREE_MS_MAX = 40_000
/** The claims of a dead relay expire after 30 s. */
const DELIVERED_MS_MAX = 120_000
/** One example is enough; a hundred would say no more. */
const LINES_MAX = 10

/** Waits until everything is delivered and compares clients, ledger and backend; every difference is a violation. */
export async function checkLedger(
  deployment: Pick<Testbed, 'tollgate' | 'billing' | 'recentOutput'>,
  history: History,
  report: RunReport,
): Promise<void> {
  const { tollgate, billing } = deployment
  const freeAfter = await untilNoRows(tollgate, STILL_HELD, { withinMs: HOLDS_FREE_MS_MAX })
  if (freeAfter === null) {
    report.violation({ invariant: 'I20', detail: `holds are left after ${HOLDS_FREE_MS_MAX} ms` })
  } else report.figure('holds all free after', `${freeAfter} ms`)
  const deliveredAfter = await untilNoRows(tollgate, STILL_PENDING, { withinMs: DELIVERED_MS_MAX })
  if (deliveredAfter === null) {
    report.violation({ invariant: 'I20', detail: `events are left after ${DELIVERED_MS_MAX} ms` })
  } else report.figure('events all delivered after', `${deliveredAfter} ms`)

  const observations = history.all()
  const operations = await readOperations(tollgate, observations)
  for (const violation of checkHistory(observations, operations)) report.violation(violation)
  const differences = await sinkDifferences({ tollgate, billing })
  for (const detail of differences.slice(0, LINES_MAX))
    report.violation({ invariant: 'I7', detail })
  for (const { invariant, rows } of await checkInvariants(tollgate)) {
    const detail = `${invariant.title}: ${JSON.stringify(rows.slice(0, 3))}`
    report.violation({ invariant: invariant.id, detail })
  }
  const count = (state: string) =>
    operations.filter((operation) => operation.state === state).length
  report.figure(
    'operations',
    `${count('settled')} settled, ${count('voided')} voided, ${count('expired')} expired; ${observations.length} answers seen`,
  )
  if (report.violations().length === 0) return
  for (const output of deployment.recentOutput()) say(output)
}
