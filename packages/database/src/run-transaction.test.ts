import { afterEach, beforeEach, expect, test } from 'vitest'
import { emptyDatabase } from './fixtures/empty-database.ts'
import type { Database, Transaction } from './index.ts'

let database: Database
let drop: () => Promise<void>

beforeEach(async () => {
  ;({ database, drop } = await emptyDatabase())
  await database.query({ text: 'create table account (name text primary key, credits int8)' })
  await database.query({ text: `insert into account values ('a', 0), ('b', 0)` })
})

afterEach(() => drop())

test('keeps everything when the work succeeds and nothing when it throws', async () => {
  await database.transaction((transaction) => add(transaction, 'a', 1))
  const failing = database.transaction(async (transaction) => {
    await add(transaction, 'a', 10)
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(await credits('a')).toBe(1)
})

test('starts over after a deadlock, so that both get through', async () => {
  let attempts = 0
  let meet: () => void = () => {}
  const met = new Promise<void>((resolve) => {
    meet = resolve
  })
  const transfer = (first: string, second: string) =>
    database.transaction(async (transaction) => {
      attempts++
      await add(transaction, first, 1)
      // Both lock their first row before either requests its second.
      if (attempts === 2) meet()
      await met
      await add(transaction, second, 1)
    })
  await Promise.all([transfer('a', 'b'), transfer('b', 'a')])
  expect([await credits('a'), await credits('b')]).toEqual([2, 2])
  expect(attempts).toBeGreaterThan(2)
})

test('gives up after five retries', async () => {
  let attempts = 0
  const hopeless = database.transaction(async (transaction) => {
    attempts++
    await transaction.query({
      text: `do $$ begin raise exception 'again' using errcode = '40001'; end $$`,
    })
  })
  await expect(hopeless).rejects.toMatchObject({ code: '40001' })
  expect(attempts).toBe(6)
})

test('refuses a query after the end', async () => {
  let escaped: Transaction | undefined
  await database.transaction(async (transaction) => {
    escaped = transaction
  })
  await expect(escaped?.query({ text: 'select 1' })).rejects.toMatchObject({
    code: 'transaction_finished',
  })
})

test('says so when a swallowed error means that nothing was committed', async () => {
  const swallowing = database.transaction(async (transaction) => {
    await add(transaction, 'a', 5)
    await transaction.query({ text: 'select nonsense' }).catch(() => {})
  })
  await expect(swallowing).rejects.toMatchObject({ code: 'transaction_aborted' })
  expect(await credits('a')).toBe(0)
})

test('survives the loss of its connection between two queries', async () => {
  const cut = database.transaction(async (transaction) => {
    const [me] = await transaction.query<{ pid: number }>({
      text: 'select pg_backend_pid() as pid',
    })
    await database.query({ text: 'select pg_terminate_backend($1)', values: [me?.pid] })
    await expect
      .poll(() =>
        database.query({
          text: 'select 1 from pg_stat_activity where pid = $1',
          values: [me?.pid],
        }),
      )
      .toEqual([])
    await add(transaction, 'a', 1)
  })
  await expect(cut).rejects.toThrow(/terminat|not queryable/)
  expect(await credits('a')).toBe(0)
})

async function add(transaction: Transaction, name: string, amount: number): Promise<void> {
  await transaction.query({
    text: 'update account set credits = credits + $2 where name = $1',
    values: [name, amount],
  })
}

async function credits(name: string): Promise<number | undefined> {
  const rows = await database.query<{ credits: number }>({
    text: 'select credits from account where name = $1',
    values: [name],
  })
  return rows[0]?.credits
}
