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

it('answers 503 and when to come back while our own database has no time', async () => {
  await using api = await createApiFixture()
  const customer = newCustomer()
  await api.metering.balances(customer)
  const rush = Promise.all(
    Array.from({ length: 30 }, () =>
      api.database.query({ text: 'select pg_sleep(3)' }).catch(() => null),
    ),
  )
  const response = await api.get('billing.balance', null, customer)
  expect(response.headers.get('Retry-After')).toBe('1')
  expect(await errorOf(response)).toMatchObject({
    status: 503,
    billing: { kind: 'billing_unavailable' },
  })
  await rush
})

it('does not take a failure of the work for its own', async () => {
  await using api = await createApiFixture()
  const customer = newCustomer()
  const response = await api.post('askModel', {}, { customer }, calls)
  expect(await errorOf(response)).toMatchObject({ status: 500, billing: null })
  expect(await api.remaining(customer, 'api_calls')).toBe(100)
})
