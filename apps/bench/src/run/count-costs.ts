import { z } from 'zod'
import { callAs } from '../load/call-as.ts'
import { CUSTOMERS } from './customers.ts'
import type { Harness } from './open-harness.ts'
import { readFsyncs } from './watch-disk.ts'

/** The countable costs of one call, which have no noise. */
export type Costs = {
  naiveRequests: number
  /** Requests to the billing backend while a billed call runs. */
  billedRequests: number
  /** Requests to the billing backend per delivered event, afterwards. */
  deliveryRequests: number
  /** Database round trips of a billed call, alone and under concurrency. */
  roundTripsAlone: number
  roundTripsInCrowd: number
  /** Disk flushes of the database per billed call, under concurrency. */
  fsyncsInCrowd: number
}

const ALONE = { concurrency: 1, operations: 200 }
const CROWD = { concurrency: 64, operations: 4000 }
const NAIVE = { concurrency: 4, operations: 60 }

/** Counts over a fixed number of calls, with no other load. */
export async function countCosts(harness: Harness): Promise<Costs> {
  const { subject } = harness
  const spread = [...CUSTOMERS.spread]
  const roundTrips = () => subject.child.request({ name: 'roundTrips', answer: z.number() })
  const call = (procedure: string, customers: readonly string[], many: typeof ALONE) =>
    harness.load({
      ports: [subject.port],
      procedure,
      ...callAs(customers),
      concurrency: many.concurrency,
      operationsMax: many.operations,
      warmUpMs: 0,
      measureMs: 120_000,
    })

  const naive = await difference(harness.backendRequests, () =>
    call('naive', CUSTOMERS.naive, NAIVE),
  )
  await drain(harness)
  // Fresh accounts are not synced again while the calls are counted.
  await subject.child.request({ name: 'sync', input: spread, answer: z.null() })
  const before = await harness.backendRequests()
  const alone = await difference(roundTrips, () => call('billed', spread, ALONE))
  await flushStatistics(harness)
  const fsyncsBefore = await readFsyncs(subject.database)
  const crowd = await difference(roundTrips, () => call('billed', spread, CROWD))
  await flushStatistics(harness)
  const fsyncs = (await readFsyncs(subject.database)) - fsyncsBefore
  const billed = (await harness.backendRequests()) - before
  const operations = ALONE.operations + CROWD.operations
  const delivery = await difference(harness.backendRequests, () => drain(harness))
  return {
    naiveRequests: naive / NAIVE.operations,
    billedRequests: billed / operations,
    deliveryRequests: delivery / operations,
    roundTripsAlone: alone / ALONE.operations,
    roundTripsInCrowd: crowd / CROWD.operations,
    fsyncsInCrowd: fsyncs / CROWD.operations,
  }
}

/** Delivers every pending event to the backend. */
export function drain(harness: Harness): Promise<{ events: number; ms: number }> {
  return harness.subject.child.request({
    name: 'drain',
    answer: z.object({ events: z.number(), ms: z.number() }),
  })
}

async function difference(read: () => Promise<number>, act: () => Promise<unknown>) {
  const before = await read()
  await act()
  return (await read()) - before
}

async function flushStatistics({ subject }: Harness): Promise<void> {
  await subject.child.request({ name: 'flushStatistics', answer: z.null() })
}
