import { afterAll, beforeAll, expect, it } from 'vitest'
import { loseUsageEvents } from '../testing/lose-usage-events.ts'
import { openTestBackend, type TestBackend, type TestCustomer } from '../testing/test-backend.ts'
import { checkInvariants } from '../check-invariants.ts'

let backend: TestBackend

beforeAll(async () => {
  backend = await openTestBackend()
})
afterAll(() => backend.close())

type Page = { data: { transactionId: string }[]; nextCursor?: string }

async function listed(customer: TestCustomer): Promise<string[]> {
  const path = `/customers/${customer.externalId}/usage-events`
  const { body } = await backend.request<Page>('GET', path)
  return body.data.map(({ transactionId }) => transactionId).toSorted()
}

it('shows what a restored backup has lost, and accepts it again under the same id', async () => {
  const customer = await backend.customer()
  for (const transactionId of ['kept', 'lost_one', 'lost_other']) {
    await customer.use(3, { transactionId })
  }
  expect(await loseUsageEvents(backend.databaseUrl, ['lost_one', 'lost_other'])).toBe(2)
  expect(await listed(customer)).toEqual(['kept'])
  expect(await customer.balance()).toMatchObject({ availableBalance: 7 })
  expect(await checkInvariants(backend.database)).toEqual([])
  await customer.use(3, { transactionId: 'lost_one' })
  expect(await listed(customer)).toEqual(['kept', 'lost_one'])
  expect(await customer.balance()).toMatchObject({ availableBalance: 4 })
  expect(await checkInvariants(backend.database)).toEqual([])
})

it('lists a customer’s events to its own organisation only', async () => {
  const customer = await backend.customer()
  await customer.use(1)
  const other = await backend.tenant('another')
  const path = `/customers/${customer.externalId}/usage-events`
  expect((await other.request('GET', path)).status).toBe(404)
})
