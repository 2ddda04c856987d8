import type { BillingCustomer } from '@tollgate/contract'
import type { FakeBackend } from '@tollgate/testing/fake-backend'
import { imageCall } from '../src/fixtures/metering-fixture.ts'
import { kindOf } from '../src/fixtures/kind-of.ts'
import type { Metering } from '../src/metering.ts'

/** Codes after which a client retries with the same key. */
const REPEATED = ['billing_unavailable', 'in_progress', 'outcome_unknown']
const ENOUGH = 1_000_000

/** Customers that make one call at a time, each retried with its key until its outcome is known. */
export type Sales = {
  /** How many calls have succeeded so far. */
  made(): number
  /** Stops the customers; returns how many calls succeeded and how many attempts were refused. */
  stop(): Promise<{ calls: number; refused: number }>
  /** Customers whose successful calls and events at the backend differ in number. */
  differences(): { customerId: string; calls: number; events: number }[]
}

/** Makes calls for every customer until stopped. */
export function startSelling(options: {
  metering: Metering
  backend: FakeBackend
  customers: readonly BillingCustomer[]
}): Sales {
  const { metering, backend, customers } = options
  const made = new Map(customers.map(({ customerId }) => [customerId, 0]))
  let isOver = false
  let refused = 0
  const selling = customers.map(async (customer) => {
    backend.grant(customer.customerId, 'image_generations', ENOUGH)
    while (!isOver) {
      const call = imageCall(customer)
      for (;;) {
        const kind = await kindOf(metering.run(call, async () => 'a fox'))
        if (kind === 'answered') break
        if (!REPEATED.includes(kind)) throw new Error(kind)
        refused += 1
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      made.set(customer.customerId, (made.get(customer.customerId) ?? 0) + 1)
    }
  })
  const total = () => [...made.values()].reduce((sum, count) => sum + count, 0)
  return {
    made: total,
    async stop() {
      isOver = true
      await Promise.all(selling)
      return { calls: total(), refused }
    },
    differences() {
      const events = [...backend.events.values()]
      return [...made]
        .map(([customerId, calls]) => ({
          customerId,
          calls,
          events: events.filter((event) => event.customerId === customerId).length,
        }))
        .filter((each) => each.calls !== each.events)
    },
  }
}
