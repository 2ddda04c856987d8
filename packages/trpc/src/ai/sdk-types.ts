import type { LanguageModelMiddleware, wrapLanguageModel } from 'ai'

/** A provider's model, as the AI SDK calls it. */
export type ProviderModel = Parameters<typeof wrapLanguageModel>[0]['model']

/** The parameters of one call of a model. */
export type CallParams = Parameters<ProviderModel['doGenerate']>[0]

/** The answer of a model that does not stream. */
export type GenerateResult = Awaited<ReturnType<ProviderModel['doGenerate']>>

/** What a model streams: pieces of its answer, and its usage in the last. */
export type StreamPart =
  Awaited<ReturnType<ProviderModel['doStream']>>['stream'] extends ReadableStream<infer Part>
    ? Part
    : never

/** Hooks around the calls of a model. */
export type Middleware = LanguageModelMiddleware
