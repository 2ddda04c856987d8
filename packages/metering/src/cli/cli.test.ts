import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { METERING_MIGRATIONS } from '../migrations.ts'

let books: TestDatabase
beforeAll(async () => {
  books = await createTestDatabase({ template: 'metering', migrations: METERING_MIGRATIONS })
})
afterAll(() => books.drop())

async function run(...command: string[]): Promise<{ code: number; told: string }> {
  const args = ['--import', 'tsx', path.join(import.meta.dirname, '../cli.ts'), ...command]
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...args,
      '--database-url',
      books.url,
    ])
    return { code: 0, told: stdout }
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error)) throw error
    return { code: 1, told: String(error.stdout) }
  }
}

describe("the operator's commands", () => {
  it('say that right books are right, and name what is wrong with wrong ones', async () => {
    expect((await run('verify')).told).toMatch(/(\d+) of \1 invariants hold/)
    await books.database.query({
      text: `insert into metering.customer (bucket, customer_id, name, email) values (0, 'ada', 'Ada', 'ada@example.com')`,
    })
    await books.database.query({
      text: `insert into metering.account (bucket, customer_id, meter, held) values (0, 'ada', 'api_calls', 3)`,
    })
    const { code, told } = await run('verify', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(told)).toMatchObject({
      violations: [{ invariant: { id: 'I3' }, rows: [{ customer_id: 'ada', held: 3 }] }],
    })
  })

  it('answer for what is not there', async () => {
    expect(await run('inspect', 'no-such-operation')).toMatchObject({ code: 1 })
    expect(await run('release', 'no-such-operation', '--json')).toEqual({
      code: 1,
      told: '{"outcome":"unknown"}\n',
    })
    expect(await run('replay', '--json')).toEqual({ code: 0, told: '{"replayed":0}\n' })
    expect((await run('backlog')).told).toBe('0 pending, 0 due, oldest none\n')
  })
})
