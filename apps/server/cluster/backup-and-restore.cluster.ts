import { chown, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startDebianPostgres } from '@tollgate/testing/debian'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Acknowledged } from './guest-calls.ts'
import { createRestoreStage } from './restore-stage.ts'

/** The number of calls in each part of a test. */
const CALLS = 20

let stage: Awaited<ReturnType<typeof createRestoreStage>>
beforeEach(async () => {
  stage = await createRestoreStage()
})
afterEach(() => stage.close())

describe('a restore from pg_dump', () => {
  it('of metering alone: the backend has what came after, drift names it, and a retry is charged once', async () => {
    const { before, after } = await loadAround(() => dump('tollgate'))
    const charged = before.length + after.length
    await stage.server().stop()
    await restoreDump('tollgate')
    await stage.start()
    const present = await stage.known(before)
    const lost = after.length - (await stage.known(after))
    const drifted = await stage.drift()
    const retried = await stage.retry(after)
    await stage.delivered()
    const events = await stage.count('billing', 'usage_event')
    report('pg_dump, tollgate alone', { before, after, present, lost, drifted, retried, events })
    expect(present).toBe(before.length)
    expect(drifted).toEqual({ code: 1, kinds: { missing_in_metering: lost } })
    expect(lost).toBeGreaterThan(0)
    expect(retried.every((one) => one !== null)).toBe(true)
    expect(events).toBe(charged)
    expect(await stage.drift()).toEqual({ code: 0, kinds: {} })
  })

  it('of the billing ledger alone: drift names what it has lost, and --redeliver brings it back once', async () => {
    const { before, after } = await loadAround(() => dump('billing'))
    const charged = before.length + after.length
    await stage.server().stop()
    await restoreDump('billing')
    await stage.start()
    const present = await stage.known([...before, ...after])
    const lost = charged - (await stage.count('billing', 'usage_event'))
    const drifted = await stage.drift()
    await stage.drift('--redeliver', '--reason', 'the backend was restored')
    const retried = await stage.retry(after)
    await stage.delivered()
    const events = await stage.count('billing', 'usage_event')
    report('pg_dump, billing alone', { before, after, present, lost, drifted, retried, events })
    expect(present).toBe(charged)
    expect(drifted).toEqual({ code: 1, kinds: { missing_at_backend: lost } })
    expect(lost).toBeGreaterThan(0)
    // Calls that metering has stored are replayed.
    const ids = (calls: readonly (Acknowledged | null)[]) =>
      new Set(calls.map((one) => one?.operationId))
    expect(ids(retried)).toEqual(ids(after))
    expect(events).toBe(charged)
    expect(await stage.drift()).toEqual({ code: 0, kinds: {} })
  })
})

describe('a restore to a point in time', () => {
  it('of both databases, after the machine died: what was acknowledged before is there, what came after is in neither', async () => {
    const load = stage.load()
    await load.reached(CALLS)
    await baseBackup()
    await load.reached(2 * CALLS)
    await stage.rows('postgres', `select pg_create_restore_point('before_the_outage')`)
    const point = performance.now()
    await load.reached(load.acknowledged.length + 2 * CALLS)
    // As archive_timeout would do.
    const [switched] = await stage.rows<{ segment: string }>(
      'postgres',
      'select pg_walfile_name(pg_switch_wal()) as segment',
    )
    await archived(switched?.segment ?? '')
    await stage.postgres().kill()
    const acknowledged = await load.stop()
    await stage.server().kill()
    const before = acknowledged.filter(({ at }) => at < point)
    const after = acknowledged.filter(({ sentAt }) => sentAt > point)
    await restoreToPoint('before_the_outage')
    await stage.start()
    const present = await stage.known(before)
    const lost = after.length - (await stage.known(after))
    await stage.delivered()
    const drifted = await stage.drift()
    const retried = await stage.retry(acknowledged)
    await stage.delivered()
    const events = await stage.count('billing', 'usage_event')
    report('to a point in time, both', { before, after, present, lost, drifted, retried, events })
    expect(present).toBe(before.length)
    expect(lost).toBe(after.length)
    expect(lost).toBeGreaterThan(0)
    expect(drifted).toEqual({ code: 0, kinds: {} })
    expect(retried.every((one) => one !== null)).toBe(true)
    // Calls that were interrupted before their response were charged too; none was charged twice.
    expect(events).toBe(await stage.count('tollgate', 'metering.operation'))
    expect(events).toBeGreaterThanOrEqual(acknowledged.length)
    expect(await stage.drift()).toEqual({ code: 0, kinds: {} })
  })
})

/** Calls before, during and after a backup, all delivered; calls in flight during the backup count as neither before nor after. */
async function loadAround(backup: () => Promise<void>) {
  const first = stage.load()
  await first.reached(CALLS)
  const before = await first.stop()
  const during = stage.load()
  await backup()
  const meanwhile = await during.stop()
  const second = stage.load()
  await second.reached(CALLS)
  const after = [...meanwhile, ...(await second.stop())]
  await stage.delivered()
  return { before, after }
}

async function dump(database: string): Promise<void> {
  const postgres = stage.postgres()
  const file = path.join(postgres.archive, `${database}.dump`)
  await postgres.program(
    'pg_dump',
    ...postgres.at,
    '--format=custom',
    '--no-owner',
    `--file=${file}`,
    database,
  )
}

async function restoreDump(database: string): Promise<void> {
  const postgres = stage.postgres()
  const file = path.join(postgres.archive, `${database}.dump`)
  await postgres.program('dropdb', ...postgres.at, '--force', database)
  await postgres.program('createdb', ...postgres.at, database)
  const options = ['--exit-on-error', '--single-transaction', '--no-owner']
  await postgres.program('pg_restore', ...postgres.at, ...options, `--dbname=${database}`, file)
}

async function baseBackup(): Promise<void> {
  const postgres = stage.postgres()
  const data = path.join(postgres.archive, 'backup', 'data')
  await postgres.program('pg_basebackup', ...postgres.at, '-D', data, '-c', 'fast', '-X', 'none')
}

/** Waits until the WAL segment with the restore point is archived. */
async function archived(segment: string): Promise<void> {
  for (;;) {
    const [row] = await stage.rows<{ done: boolean | null }>(
      'postgres',
      `select last_archived_wal >= '${segment}' as done from pg_stat_archiver`,
    )
    if (row?.done) return
    await delay(200)
  }
}

/** Leaves only the base backup and the archive. */
async function restoreToPoint(name: string): Promise<void> {
  const { archive } = stage.postgres()
  const folder = path.join(archive, 'backup')
  const data = path.join(folder, 'data')
  const signal = path.join(data, 'recovery.signal')
  await writeFile(signal, '')
  const { uid, gid } = await stat(data)
  await chown(signal, uid, gid)
  const settings = [
    `restore_command=cp ${archive}/%f %p`,
    `recovery_target_name=${name}`,
    'recovery_target_action=promote',
  ]
  stage.replacePostgres(await startDebianPostgres(folder, { isArchiving: true, settings }))
}

type Restore = {
  before: Acknowledged[]
  after: Acknowledged[]
  present: number
  lost: number
  drifted: { kinds: Record<string, number> }
  retried: unknown[]
  events: number
}

/** Adds a row to the table. */
function report(what: string, restore: Restore): void {
  const { before, after, present, lost, drifted, retried, events } = restore
  const named = Object.entries(drifted.kinds).map(([kind, count]) => `${count} ${kind}`)
  // The table of restores is the part of this suite that operators read.
  process.stdout.write(
    `restore: ${what} | acknowledged before ${before.length}, after ${after.length} | there ${present} | lost ${lost} ` +
      `| drift ${named.join(', ') || 'none'} | retried ${retried.length} | usage events at the end ${events}\n`,
  )
}
