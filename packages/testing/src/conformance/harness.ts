import { randomUUID } from 'node:crypto'
import {
  type Balance,
  type BillingBackend,
  type BillingCustomer,
  type Catalog,
  customerId,
} from '@tollgate/contract'
import type { Database } from '@tollgate/database'
import { createTestDatabase } from '../create-test-database.ts'
import type { BilledProcedure } from './billed-procedures.ts'
import type { ServerError } from './explain-failure.ts'
import { createFakeBackend, type FakeBackend } from '../fake-backend/create-fake-backend.ts'
import { type CallAnswer, type Handle, sendAndHangUp, sendBatch, sendCall } from './send-call.ts'

/** How to compose the application under test over a database and a backend. */
export type HarnessOptions = {
  catalog: Catalog
  /** Migrations of metering. */
  migrations: URL
  compose(parts: {
    database: Database
    backend: BillingBackend
    /** Receives every error that tRPC reports: `onError` of its handler. */
    onError: (reported: ServerError) => void
  }): {
    handle: Handle
    metering: Metering
  }
}

/** The part of metering that the kit uses. */
type Metering = { balances(customer: BillingCustomer): Promise<Balance[]>; drain(): Promise<void> }

/** The application under test, and its customers. */
export type Harness = {
  backend: FakeBackend
  /** What the server reported so far, which responses omit. */
  errors: readonly ServerError[]
  /** A customer with plenty of credits and every feature, unless restricted. */
  newCustomer(less?: { without?: string; features?: readonly string[] }): BillingCustomer
  /** Calls a procedure, by default with its example and a new key. */
  call(procedure: BilledProcedure, caller: BillingCustomer | null, how?: How): Promise<CallAnswer>
  callTwiceAtOnce(
    procedure: BilledProcedure,
    caller: BillingCustomer,
    keys: string[],
  ): Promise<CallAnswer[]>
  /** Calls a procedure and disconnects once `begun` resolves. */
  callAndLeave(
    procedure: BilledProcedure,
    caller: BillingCustomer,
    how: { key: string; begun: Promise<void> },
  ): Promise<void>
  /** What the backend recorded per meter, once everything is delivered. */
  charged(customer: BillingCustomer): Promise<Record<string, number>>
  balances(customer: BillingCustomer): Promise<Balance[]>
  close(): Promise<void>
}

type How = { key?: string | null; input?: unknown }

/** More than any example costs, so that no customer runs out by accident. */
const PLENTY = 1_000_000

/** Composes the application over a database of its own and a fake backend. */
export async function openHarness(options: HarnessOptions): Promise<Harness> {
  const { database, drop } = await createTestDatabase({
    template: 'metering',
    migrations: options.migrations,
  })
  const backend = createFakeBackend({ catalog: options.catalog })
  const meters = Object.keys(options.catalog.meters)
  const errors: ServerError[] = []
  const onError = ({ path, error }: ServerError) => void errors.push({ path, error })
  const { handle, metering } = options.compose({ database, backend, onError })

  return {
    backend,
    errors,
    newCustomer({ without, features = limitedFeatures(options.catalog) } = {}) {
      const id = `conformance_${randomUUID()}`
      const customer = {
        customerId: customerId(id),
        name: 'Conny Form',
        email: `${id}@example.com`,
      }
      for (const meter of meters) {
        if (meter !== without) backend.grant(id, meter, PLENTY)
      }
      backend.setFeatures(id, features)
      return customer
    },
    call: ({ path, example }, caller, { key = newKey(), input = example } = {}) =>
      sendCall(handle, { path, input, key, caller }),
    callTwiceAtOnce: ({ path, example }, caller, keys) =>
      sendBatch(handle, { path, inputs: keys.map(() => example), key: keys.join(','), caller }),
    callAndLeave: ({ path, example }, caller, { key, begun }) =>
      sendAndHangUp(handle, { path, input: example, key, caller }, begun),
    async charged(customer) {
      await metering.drain()
      return Object.fromEntries(
        meters.flatMap((meter) => {
          const left = backend.availableOf(customer.customerId, meter)
          const used = backend.grantedOf(customer.customerId, meter) - left
          return used === 0 ? [] : [[meter, used]]
        }),
      )
    },
    balances: (customer) => metering.balances(customer),
    close: drop,
  }
}

/** Every feature except those that lift a meter's limit, so that metered calls can also be refused. */
function limitedFeatures({ features }: Catalog): string[] {
  return Object.keys(features).filter((slug) => !slug.startsWith('unlimited_'))
}

/** The key of a new intent. */
export function newKey(): string {
  return randomUUID()
}
