import type { Database } from '@tollgate/database'
import { z } from 'zod'
import { runCommand } from '../processes/run-command.ts'

/** The ledger of one revision after its calls, and whether it is exact to the credit. */
export type LedgerCheck = {
  /** Successful calls, as counted by the load generator. */
  succeeded: number
  settled: number
  charged: number
  /** What the billing backend deducted after everything was delivered. */
  deducted: number
  /** The lowest balance of any customer; below zero, a customer overspent. */
  lowest: number
  /** Violated invariants of metering, by that revision's own check. */
  violations: string[]
  exact: boolean
}

/** Compares what callers saw with the ledger of a checked-out revision, in either table layout. */
export async function checkLedger(options: {
  root: string
  database: Database
  databaseUrl: string
  succeeded: number
  deducted: number
}): Promise<LedgerCheck> {
  const { database, succeeded, deducted } = options
  const { settled, lowest } = await readLedger(database)
  const charged = await readCharged(database)
  const violations = await verify(options)
  const exact =
    [settled, charged, deducted].every((value) => value === succeeded) &&
    lowest >= 0 &&
    violations.length === 0
  return { succeeded, settled, charged, deducted, lowest, violations, exact }
}

async function readLedger(database: Database) {
  const [row] = await database.query<{ settled: number; lowest: number }>({
    text: `select
        (select count(*) from metering.operation where state = 'settled') as settled,
        (select coalesce(min(synced_balance - unsynced - held), 0) from metering.account) as lowest`,
  })
  return row ?? { settled: Number.NaN, lowest: Number.NaN }
}

/** Older layouts have a charge table; in newer ones the operation's row contains its charge. */
async function readCharged(database: Database): Promise<number> {
  const table = (await hasTable(database, 'metering.hold')) ? 'metering.hold' : 'metering.operation'
  const [row] = await database.query<{ charged: number }>({
    text: `select coalesce(sum(charged), 0)::bigint as charged from ${table}`,
  })
  return row?.charged ?? Number.NaN
}

/** Whether a table, named with its schema, exists. */
export async function hasTable(database: Database, name: string): Promise<boolean> {
  const [row] = await database.query<{ found: boolean }>({
    text: 'select to_regclass($1) is not null as found',
    values: [name],
  })
  return row?.found ?? false
}

const verdictSchema = z.object({ violations: z.array(z.object({ invariant: z.string() })) })

/** Runs the revision's own check, which exits with 1 on a violation. */
async function verify({ root, databaseUrl }: { root: string; databaseUrl: string }) {
  const check = ['--import', 'tsx', 'packages/metering/src/cli.ts', 'verify', '--json']
  const text = await runCommand(process.execPath, [...check, '--database-url', databaseUrl], {
    cwd: root,
  }).catch((error: unknown) => stdoutOf(error))
  return verdictSchema.parse(JSON.parse(text)).violations.map(({ invariant }) => invariant)
}

function stdoutOf(error: unknown): string {
  const failed = z.object({ stdout: z.string().min(1) }).safeParse(error)
  if (!failed.success) throw error
  return failed.data.stdout
}
