import { randomUUID } from 'node:crypto'
import { APICallError } from 'ai'
import type { CallUse } from './call-use.ts'
import { estimateTokens } from './estimate-tokens.ts'
import { costMicrosOf, findCost, type ModelCosts } from './model-cost.ts'
import { createPartReader } from './part-reader.ts'
import type { ReportTarget } from './report-usage.ts'
import type { CallParams, GenerateResult, StreamPart } from './sdk-types.ts'
import { closeStep, openStep } from './step.ts'

/** The operation that stores the cost of model calls, and the cost of tokens. */
export type CostRecording = {
  operation: Pick<ReportTarget, 'reportCost'>
  costs: ModelCosts
}

/** Tracks the cost of one model call; the operation is always up to date, however the call ends. */
export type CostRecorder = {
  /** The model streamed this part. */
  wrote(part: StreamPart, use: CallUse): void
  /** The model returned a complete response. */
  answered(result: GenerateResult, use: CallUse): Promise<void>
  /** The stream ended; without reported usage, the estimate stays. */
  ended(use: CallUse): void
  /** The call failed. */
  failed(error: unknown, use: CallUse): void
}

/** Starts with the counted tokens of the prompt, which an interrupted call may have cost. */
export async function recordCost(
  { operation, costs }: CostRecording,
  { params, use: asked }: { params: CallParams; use: CallUse },
): Promise<CostRecorder> {
  const id = randomUUID()
  const read = createPartReader()
  const counting = { countTokens: estimateTokens }
  const step = await openStep(params, counting)
  estimate(asked)
  return {
    async answered(result, use) {
      await closeStep(step, result, counting)
      ended(use)
    },
    ended,
    wrote(part, use) {
      const text = read(part)
      if (text === '') return
      step.output += estimateTokens(text)
      estimate(use)
    },
    failed(error, use) {
      if (mayCost(error, params.abortSignal)) estimate(use)
      else store(use, { input: 0, cachedInput: 0, output: 0 }, false)
    },
  }

  function ended(use: CallUse): void {
    const { input, cachedInput, output } = use
    if (input === undefined || output === undefined) estimate(use)
    else store(use, { input, cachedInput, output }, false)
  }

  function estimate(use: CallUse): void {
    store(use, { input: step.input, cachedInput: undefined, output: step.output }, true)
  }

  function store(
    use: CallUse,
    { input, cachedInput, output }: Pick<CallUse, 'cachedInput'> & Counted,
    isEstimate: boolean,
  ): void {
    const model = use.responseModel ?? use.requestModel
    const cost = findCost(costs, model, use.requestModel)
    operation.reportCost?.({
      id,
      provider: use.provider,
      model,
      inputTokens: input,
      cachedInputTokens: cachedInput ?? null,
      outputTokens: output,
      costMicros: cost && costMicrosOf(cost, { input, cachedInput: cachedInput ?? 0, output }),
      isEstimate,
    })
  }
}

type Counted = { input: number; output: number }

/** Providers do not charge for requests that they refused or never received, but may for interrupted ones. */
function mayCost(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted) return true
  if (!APICallError.isInstance(error)) return false
  return error.statusCode === undefined || error.statusCode < 400
}
