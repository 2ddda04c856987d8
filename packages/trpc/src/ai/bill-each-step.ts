import type { OperationKey } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import { jobKey } from '../run/job-key.ts'
import { type BilledJob, runJob } from '../run/run-job.ts'
import type { ModelCosts } from './model-cost.ts'
import { creditsOf } from './model-price.ts'
import type { CallParams, GenerateResult, Middleware } from './sdk-types.ts'
import { closeStep, type Counting, creditsOfStep, openStep } from './step.ts'
import { fromStored, toStored } from './stored-answer.ts'
import { chargedParts, unpackParts } from './stream-parts.ts'
import { toReadable } from './to-readable.ts'
import { traceCalls } from './trace-calls.ts'

/** Who pays for model calls that are separate operations. */
export type StepBilling = Pick<BilledJob<string, string>, 'customer' | 'feature' | 'deadlineMs'> & {
  metering: Metering
  /** The key of the intent, the same on every retry; the key of each call is derived from it and the call's number. */
  key: OperationKey
  /** The name of the calls in the customer's ledger: "jobs.digest". */
  operation: string
  meter: string
  /** The most output tokens of calls without a limit of their own: the hold covers them. */
  maxOutputTokens?: number
}

/** A long response for most models; a larger limit must be set explicitly. */
const OUTPUT_TOKENS_MAX = 4096

/** Makes every model call a separate operation. */
export function billEachStep(
  billing: StepBilling & { costs: ModelCosts },
  counting: Counting,
): Middleware {
  const { metering, meter, key, customer, operation, costs } = billing
  const numbered = createNumbering()

  async function prepare(given: CallParams, number: number) {
    const { maxOutputTokens = billing.maxOutputTokens ?? OUTPUT_TOKENS_MAX } = given
    const params = { ...given, maxOutputTokens }
    const step = await openStep(params, counting)
    const most = creditsOf(counting.price, { input: step.input, output: maxOutputTokens })
    const job: BilledJob<string, string> = {
      ...billing,
      customer,
      operation,
      key: jobKey(key, number),
      charges: { [meter]: Math.max(1, most) },
      settle: 'reported',
      // Later prompts contain tool results, which may differ on a retry.
      input: number === 0 ? JSON.stringify(given.prompt) : null,
      ...(given.abortSignal ? { signal: given.abortSignal } : {}),
    }
    return { params, step, job, most, credits: () => creditsOfStep(step, counting) }
  }

  return {
    specificationVersion: 'v3',
    wrapGenerate: ({ model, params: given }) =>
      numbered(async (number) => {
        const { params, step, job, credits } = await prepare(given, number)
        const made: GenerateResult[] = []
        const { output, receipt } = await runJob(
          { metering, codec: null },
          job,
          async (running) => {
            const traced = traceCalls(model, { operation: running, costs })
            const result = await traced.doGenerate({ ...params, abortSignal: running.signal })
            await closeStep(step, result, counting)
            running.correct(credits())
            made.push(result)
            return toStored(result)
          },
        )
        const result = made[0] ?? fromStored(output)
        const providerMetadata = { ...result.providerMetadata, tollgate: { receipt } }
        return { ...result, providerMetadata }
      }),
    wrapStream: ({ model, params: given }) =>
      numbered(async (number) => {
        const { params, step, job, most } = await prepare(given, number)
        const { chunks } = await runJob({ metering, codec: null }, job, async (running) => {
          const traced = traceCalls(model, { operation: running, costs })
          const { stream } = await traced.doStream({ ...params, abortSignal: running.signal })
          return chargedParts(stream, { step, counting, most, correct: running.correct })
        })
        return { stream: toReadable(unpackParts(chunks, given.abortSignal), given.abortSignal) }
      }),
  }
}

/** Numbers calls in order. The call after a failed one gets its number, because it is the SDK's retry. */
function createNumbering() {
  let next = 0
  return async <Answer>(call: (number: number) => Promise<Answer>): Promise<Answer> => {
    const number = next
    next += 1
    try {
      return await call(number)
    } catch (error) {
      if (next === number + 1) next = number
      throw error
    }
  }
}
