import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AUTHOR_ARGS, authorOf, COMMON_ARGS, withDatabase } from '@tollgate/metering/cli'
import { createChargeReader, redeliverLost } from '@tollgate/metering/postgres'
import { defineCommand } from 'citty'
import { type DriftLine, loadSecrets, readConfig, SECRETS_FILE } from '@tollgate/server'
import { openBackend } from '../open-backend.ts'
import { type DriftReport, reportDrift } from './report-drift.ts'

/** Exit code 1 means drift; 2 means that the comparison itself failed. */
const COULD_NOT_COMPARE = 2

/** Lists every usage event that only one of metering and the billing backend has. */
export const driftCommand = defineCommand({
  meta: {
    name: 'drift',
    description:
      'Compare every charge with the usage events at the billing backend. Exit code 0: they agree, 1: drift, 2: could not compare.',
  },
  args: {
    ...COMMON_ARGS,
    ...AUTHOR_ARGS,
    reason: { ...AUTHOR_ARGS.reason, required: false },
    json: { type: 'boolean', default: false, description: 'Print JSON, one event a line.' },
    since: { type: 'string', description: 'Only usage from this date or time on, ISO 8601.' },
    redeliver: {
      type: 'boolean',
      default: false,
      description: 'Deliver what the backend has lost again; it deduplicates by transaction id.',
    },
  },
  async run({ args }) {
    const print = (line: string) => process.stdout.write(`${line}\n`)
    try {
      const config = readConfig()
      const backend = openBackend(config)
      const author = args.redeliver ? authorOf({ ...args, reason: args.reason ?? '' }) : null
      const from = args.since === undefined ? 0 : parseTime(args.since)
      const report = await withDatabase(args, (database) =>
        reportDrift({
          metering: createChargeReader({ database, secret: secretOf(config) }),
          backend,
          time: { from, until: Date.now() },
          redeliver: author && ((lost) => redeliverLost({ database, backend, author }, lost)),
          onDrift: (line) => print(args.json ? JSON.stringify(line) : lineOf(line)),
        }),
      )
      if (!args.json) print(summaryOf(report, args.redeliver))
      if (report.total > report.redelivered) process.exitCode = 1
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = COULD_NOT_COMPARE
    }
  },
})

/** The secret of the server that charged: a redelivered event must have the id that a retry would have. */
function secretOf({ dataDirectory }: ReturnType<typeof readConfig>): string {
  if (existsSync(join(dataDirectory, SECRETS_FILE))) return loadSecrets(dataDirectory).transaction
  throw new Error(
    `There is no ${SECRETS_FILE} in ${dataDirectory}. Set DATA_DIR to the directory the server runs with.`,
  )
}

function parseTime(since: string): number {
  const time = Date.parse(since)
  if (Number.isNaN(time)) throw new Error(`--since ${since} is not an ISO 8601 date or time.`)
  return Math.max(0, time)
}

const TITLES = {
  missing_at_backend: 'missing at the backend',
  missing_in_metering: 'missing in metering',
  different: 'different amount or meter',
} as const satisfies Record<DriftLine['kind'], string>

function lineOf(line: DriftLine): string {
  const amounts = `metering ${line.meteringAmount ?? '–'}, backend ${line.backendAmount ?? '–'}`
  const { transactionId, customerId, meter, occurredAt } = line
  return `${TITLES[line.kind]}  ${transactionId}  ${customerId}  ${meter ?? 'unknown meter'}  ${amounts}  ${occurredAt}`
}

function summaryOf(report: DriftReport, redeliver: boolean): string {
  if (report.total === 0) return 'Metering and the billing backend agree.'
  const counts = Object.entries(report.byKind).filter(([, count]) => count > 0)
  const found = counts.map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`).join(', ')
  if (redeliver) return `${found}; ${report.redelivered} delivered again.`
  return `${found}. Deliver what the backend has lost again with --redeliver --reason.`
}
