import type { Database, Row, Statement } from '@tollgate/database'
import { METERING_MIGRATIONS } from '@tollgate/metering/postgres'
import { createTestDatabase, type TestDatabase } from '@tollgate/testing/database'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { checkDatabaseClock } from './check-database-clock.ts'

const MINUTE = 60_000

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase({
    template: 'metering',
    migrations: METERING_MIGRATIONS,
  })
})
afterAll(() => testDatabase.drop())
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A database whose response takes this long by this machine's clock. */
function answeringAfter(milliseconds: number): Pick<Database, 'query'> {
  return {
    async query<R extends Row>(statement: Statement) {
      const rows = await testDatabase.database.query<R>(statement)
      vi.advanceTimersByTime(milliseconds)
      return rows
    },
  }
}

it('agrees with this machine also while a busy one takes its time to read the answer', async () => {
  expect(await checkDatabaseClock(answeringAfter(MINUTE))).toMatchObject({ state: 'ok' })
})

it.each([-MINUTE, MINUTE])('is %i ms away', async (apart) => {
  vi.setSystemTime(Date.now() - apart)
  expect(await checkDatabaseClock(answeringAfter(0))).toMatchObject({
    state: 'warning',
    detail: expect.stringMatching(/^\d+ s away/),
  })
})
