import type { Flowglad } from '@flowglad/node'
import { FlowgladServer as FlowgladServerOfNextjs } from '@flowglad/nextjs/server'
import { FlowgladServer } from '@flowglad/server'
import { expect, expectTypeOf, it } from 'vitest'
import type { FlowgladApi } from './flowglad-api.ts'
import type { FlowgladCustomer, FlowgladFactory } from './flowglad-customer.ts'

it('is what every package of Flowglad exports as FlowgladServer', () => {
  expectTypeOf<FlowgladServer>().toExtend<FlowgladCustomer>()
  expectTypeOf<FlowgladServerOfNextjs>().toExtend<FlowgladCustomer>()
  expectTypeOf<Flowglad>().toExtend<FlowgladApi>()
})

it('is opened by the factory that the documentation of Flowglad shows', () => {
  const factories: FlowgladFactory[] = [
    (customerExternalId, getCustomerDetails) =>
      new FlowgladServer({ apiKey: 'sk_test', customerExternalId, getCustomerDetails }),
    (customerExternalId) =>
      new FlowgladServerOfNextjs({
        apiKey: 'sk_test',
        customerExternalId,
        getCustomerDetails: async () => ({ name: 'Ada', email: 'ada@example.com' }),
      }),
  ]
  for (const open of factories) {
    const customer = open('user_ada', async () => ({ name: 'Ada', email: 'ada@example.com' }))
    for (const method of METHODS) expect(customer[method]).toBeTypeOf('function')
  }
})

const METHODS = [
  'getCustomer',
  'createCustomer',
  'getBilling',
  'createUsageEvent',
  'createCheckoutSession',
  'adjustSubscription',
  'cancelSubscription',
  'uncancelSubscription',
] as const satisfies readonly (keyof FlowgladCustomer)[]
