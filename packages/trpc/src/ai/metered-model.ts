import { wrapLanguageModel } from 'ai'
import { billEachStep, type StepBilling } from './bill-each-step.ts'
import { type CountTokens, estimateTokens } from './estimate-tokens.ts'
import { checkCosts, type ModelCosts } from './model-cost.ts'
import { type ModelPrices, priceOf } from './model-price.ts'
import { type ReportTarget, reportUsage } from './report-usage.ts'
import type { ProviderModel } from './sdk-types.ts'
import { traceCalls } from './trace-calls.ts'

type Pricing = {
  prices: ModelPrices
  /** Counts the prompt for a hold, and what was delivered where the provider reports no usage; four bytes a token when left out. */
  countTokens?: CountTokens
  /** What the provider takes for the tokens of each model; its cost is stored with every operation, and is not known where it is left out. */
  costs?: ModelCosts
}

/** A model whose usage is reported to the operation that it is called in. */
export type MeteredModel = ProviderModel & {
  /**
   * Charges a stream by what its reader takes. The AI SDK reads ahead of its reader; without this, an abandoned stream is charged
   * for what the SDK has read.
   */
  deliver<Part extends { type: string }>(fullStream: AsyncIterable<Part>): AsyncIterable<Part>
}

/**
 * Meters a language model of the AI SDK, whatever its provider. In a billed procedure, give it the `operation`: every call is
 * reported to it, and its procedure holds and charges. Elsewhere give it metering, a customer and a key: every call is an
 * operation of its own, and so is each step of a call with tools.
 *
 * @example
 * const model = meteredModel(openai('gpt-5-mini'), { prices, operation })
 * const { fullStream } = streamText({ model, prompt, abortSignal: signal })
 * for await (const part of model.deliver(fullStream)) if (part.type === 'text-delta') yield part.text
 *
 * @example
 * const model = meteredModel(openai('gpt-5-mini'), {
 *   prices, metering, customer, key: jobKey('digest', job.id), operation: 'jobs.digest', meter: 'ai_tokens',
 * })
 * const { text } = await generateText({ model, prompt, tools, maxOutputTokens: 800 })
 */
export function meteredModel(
  model: ProviderModel,
  options: Pricing & { operation: ReportTarget },
): MeteredModel
export function meteredModel(model: ProviderModel, options: Pricing & StepBilling): ProviderModel
export function meteredModel(
  model: ProviderModel,
  options: Pricing & (StepBilling | { operation: ReportTarget }),
): ProviderModel {
  const { prices, countTokens = estimateTokens, costs = {} } = options
  const counting = { price: priceOf(prices, model.modelId), countTokens }
  checkCosts(costs)
  if ('metering' in options) {
    return wrapLanguageModel({ model, middleware: billEachStep({ ...options, costs }, counting) })
  }
  const { operation } = options
  const traced = traceCalls(model, { operation, costs })
  const { middleware, deliver } = reportUsage(operation, counting)
  return Object.assign(wrapLanguageModel({ model: traced, middleware }), { deliver })
}
