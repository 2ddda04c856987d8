import { z } from 'zod'
import { callAs } from '../load/call-as.ts'
import { CUSTOMERS } from './customers.ts'
import type { Harness } from './open-harness.ts'

/** More concurrent calls than credits. */
export type Race = { credits: number; calls: number; billed: number; naive: number }

/** Every customer's grant of the scarce meter in the benchmark's pricing file. */
const CREDITS = 100
const CALLS = 400
const CONCURRENCY = 64

/** Lets one customer of each pattern make far more calls than it has credits; counts the successful ones. */
export async function runRace(harness: Harness): Promise<Race> {
  const { subject } = harness
  const customers = [...CUSTOMERS.racingBilled, ...CUSTOMERS.racingNaive]
  await subject.child.request({ name: 'sync', input: customers, answer: z.null() })
  const race = async (procedure: string, racing: readonly string[]) => {
    const { succeeded } = await harness.load({
      ports: [subject.port],
      procedure,
      ...callAs(racing),
      concurrency: CONCURRENCY,
      operationsMax: CALLS,
      warmUpMs: 0,
      measureMs: 120_000,
    })
    return succeeded
  }
  return {
    credits: CREDITS,
    calls: CALLS,
    billed: await race('billedScarce', CUSTOMERS.racingBilled),
    naive: await race('naiveScarce', CUSTOMERS.racingNaive),
  }
}
