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
  /** Counts the prompt for a hold, and the delivered text if the provider reports no usage; four bytes per token by default. */
  countTokens?: CountTokens
  /** The provider's token prices of each model; the cost is stored with every operation, and unknown when omitted. */
  costs?: ModelCosts
}

/** A model that reports its usage to the operation that calls it. */
export type MeteredModel = ProviderModel & {
  /**
   * Charges a stream for what its reader consumes. The AI SDK reads ahead; without this, an abandoned stream is charged for what the SDK
   * has read.
   */
  deliver<Part extends { type: string }>(fullStream: AsyncIterable<Part>): AsyncIterable<Part>
}

/**
 * Meters a language model of the AI SDK, from any provider. In a billed procedure, pass the `operation`: every call is reported to it,
 * and its procedure holds and charges. Elsewhere pass metering, a customer and a key: every call is a separate operation, and so is each
 * step of a call with tools.
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
