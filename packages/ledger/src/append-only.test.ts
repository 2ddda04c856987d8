import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestBackend, type TestBackend } from './testing/test-backend.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
  await (await backend.customer()).use(2)
})
afterAll(() => backend.close())

it.each([
  'update ledger_entry set amount = amount + 1',
  'delete from ledger_entry',
  'truncate ledger_entry',
  'update usage_event set amount = 1',
  'delete from usage_event',
])('refuses, even to the owner: %s', async (text) => {
  await expect(backend.database.query({ text })).rejects.toMatchObject({ code: '42501' })
})

it('refuses a balance that its entries do not add up to', async () => {
  const text = 'update meter_balance set balance = balance + 1'
  await expect(backend.database.query({ text })).rejects.toMatchObject({ code: '23514' })
})

it('refuses an entry between accounts that its kind does not join', async () => {
  const text = `insert into ledger_entry
      (organization_id, customer_id, subscription_id, usage_meter_id, kind, debit_account, credit_account, amount, occurred_at)
    select organization_id, customer_id, subscription_id, usage_meter_id, 'grant', 'used', 'credits', 5, 0
    from ledger_entry limit 1`
  await expect(backend.database.query({ text })).rejects.toMatchObject({ code: '23514' })
})
