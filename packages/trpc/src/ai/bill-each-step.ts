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

/** Who pays for the calls of a model that are operations of their own. */
export type StepBilling = Pick<BilledJob<string, string>, 'customer' | 'feature' | 'deadlineMs'> & {
  metering: Metering
  /** Of the intent, the same for a retry; the key of every call is derived from it and from the call's number. */
  key: OperationKey
  /** What the calls are called in the customer's ledger: "jobs.digest". */
  operation: string
  meter: string
  /** The most tokens of an answer, for calls that set no limit of their own: what is held covers them. */
  maxOutputTokens?: number
}

/** A long answer of most models; more than this is asked for by name. */
const OUTPUT_TOKENS_MAX = 4096

/** Makes every call of a model an operation of its own. */
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
      // Later prompts repeat what tools have answered, which may differ when a retry asks them again.
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

/** Numbers calls in their order. A call that failed leaves its number to the next, which is the SDK's own retry of it. */
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
