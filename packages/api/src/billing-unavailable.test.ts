import { expect, it } from 'vitest'
import { z } from 'zod'
import { billedProcedure } from './billed-procedure.ts'
import { createApiFixture, errorOf, newCustomer } from './fixtures/api-fixture.ts'
import { router } from './trpc.ts'

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const calls = router({
  askModel: billedProcedure({ meter: 'api_calls', amount: 1, example: {} })
    .input(z.object({}))
    .mutation(() => {
      throw refused
    }),
})

it('answers 503 with Retry-After while the database has no free connection', async () => {
  await using api = await createApiFixture()
  const customer = newCustomer()
  await api.metering.balances(customer)
  const { pool } = api.database
  const taken: { release(): void }[] = []
  while (taken.length < pool.options.max) taken.push(await pool.connect())
  const response = await api.get('billing.balance', null, customer)
  for (const connection of taken) connection.release()
  expect(response.headers.get('Retry-After')).toBe('1')
  expect(await errorOf(response)).toMatchObject({
    status: 503,
    billing: { kind: 'billing_unavailable' },
  })
})

it('does not answer 503 for a failure of the work itself', async () => {
  await using api = await createApiFixture()
  const customer = newCustomer()
  const response = await api.post('askModel', {}, { customer }, calls)
  expect(await errorOf(response)).toMatchObject({ status: 500, billing: null })
  expect(await api.remaining(customer, 'api_calls')).toBe(100)
})
