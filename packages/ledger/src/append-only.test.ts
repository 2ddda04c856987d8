import { openDatabase } from '@tollgate/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './testing/test-backend.ts'

const REWRITES = [
  'update ledger_entry set amount = amount + 1',
  'delete from ledger_entry',
  'truncate ledger_entry',
  'update usage_event set amount = 1',
  'delete from usage_event',
]

let backend: TestBackend
let owner: TestBackend['database']

beforeAll(async () => {
  backend = await openTestBackend()
  owner = openDatabase({ url: backend.databaseUrl, maxConnections: 1 })
  await (await backend.customer()).use(2)
})
afterAll(async () => {
  await owner.close()
  await backend.close()
})

describe('the backend’s database role', () => {
  it.each([...REWRITES, 'update meter_balance set balance = 99', 'delete from meter_balance'])(
    'has no right to: %s',
    async (text) => {
      await expect(backend.database.query({ text })).rejects.toThrow(/permission denied/)
    },
  )
})

describe('the owner of the database', () => {
  it.each(REWRITES)('cannot rewrite the ledger either: %s', async (text) => {
    await expect(owner.query({ text })).rejects.toThrow(/append-only/)
  })

  it('cannot set a balance that differs from its entries', async () => {
    const text = 'update meter_balance set balance = balance + 1'
    await expect(owner.query({ text })).rejects.toMatchObject({ code: '23514' })
  })

  it('cannot post between accounts that a kind does not connect', async () => {
    const text = `insert into ledger_entry
        (organization_id, customer_id, subscription_id, usage_meter_id, kind, debit_account, credit_account, amount, occurred_at)
      select organization_id, customer_id, subscription_id, usage_meter_id, 'grant', 'used', 'credits', 5, 0
      from ledger_entry limit 1`
    await expect(owner.query({ text })).rejects.toMatchObject({ code: '23514' })
  })
})
