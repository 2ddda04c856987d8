import { randomUUID } from 'node:crypto'
import { type CallSubject, operationKey } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import { PLENTIFUL } from './create-bench-router.ts'
import { benchCustomer } from './serve-bench.ts'

/** One hold and one settle, without HTTP; returns the reason if it fails. */
export async function runPair(
  metering: Metering,
  {
    customers,
    subjects,
    costed,
  }: { customers: readonly string[]; subjects: readonly CallSubject[]; costed: boolean },
): Promise<string | null> {
  const customer = customers[Math.floor(Math.random() * customers.length)] ?? ''
  try {
    await metering.run(
      {
        customer: benchCustomer(customer),
        subjects,
        procedure: 'bench.pair',
        key: operationKey(randomUUID()),
        input: null,
        charges: [{ meter: PLENTIFUL, hold: 1 }],
        settle: 'hold',
      },
      async ({ reportCost }) => {
        if (costed) reportCost(PROVIDER_CALL)
        return null
      },
    )
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The usage that work reports for a model's short answer. */
const PROVIDER_CALL = {
  provider: 'openai',
  model: 'gpt-bench',
  inputTokens: 100,
  outputTokens: 20,
  costMicros: 65,
}
