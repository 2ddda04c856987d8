import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { buildCommand } from '@tollgate/testing/command'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METERING_MIGRATIONS } from '../migrations.ts'

let created: TestDatabase
beforeAll(async () => {
  created = await createTestDatabase({ template: 'metering', migrations: METERING_MIGRATIONS })
})
afterAll(() => created.drop())

const SOURCE = path.join(import.meta.dirname, '../cli.ts')

async function run(...command: string[]): Promise<{ code: number; printed: string }> {
  return runAs(await buildCommand(SOURCE), ...command)
}

async function runAs(
  program: readonly string[],
  ...command: string[]
): Promise<{ code: number; printed: string }> {
  const args = [...program, ...command]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...args,
      '--database-url',
      created.url,
    ])
    return { code: 0, printed: stdout }
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error)) throw error
    return { code: 1, printed: String(error.stdout) }
  }
}

/** Commands start slowly on a loaded machine, and a test starts several. */
const TIMEOUT_MS = 120_000

describe("the operator's commands", { timeout: TIMEOUT_MS }, () => {
  it('report the rows that break an invariant, and that all others hold', async () => {
    // Started as `pnpm billing:verify` does; a bundle starts faster.
    const verified = await runAs(['--import', 'tsx', SOURCE], 'verify')
    expect(verified.printed).toMatch(/(\d+) of \1 invariants hold/)
    await created.database.query({
      text: `insert into metering.customer (bucket, customer_id, name, email) values (0, 'ada', 'Ada', 'ada@example.com')`,
    })
    await created.database.query({
      text: `insert into metering.account (bucket, customer_id, meter, held) values (0, 'ada', 'api_calls', 3)`,
    })
    const { code, printed } = await run('verify', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(printed)).toMatchObject({
      violations: [{ invariant: { id: 'I3' }, rows: [{ customer_id: 'ada', held: 3 }] }],
    })
  })

  it('answer for what is not there', async () => {
    expect(await run('inspect', 'no-such-operation')).toMatchObject({ code: 1 })
    expect(await run('release', 'no-such-operation', '--reason', 'a test', '--json')).toEqual({
      code: 1,
      printed: '{"outcome":"unknown"}\n',
    })
    expect(await run('replay', '--reason', 'a test', '--json')).toEqual({
      code: 0,
      printed: '{"replayed":0}\n',
    })
    expect(await run('replay', '--transaction', 'unknown', '--reason', 'a test')).toEqual({
      code: 1,
      printed: 'No quarantined event has this id.\n',
    })
    expect((await run('backlog')).printed).toBe('0 pending, 0 due, oldest none\n')
  })
})
