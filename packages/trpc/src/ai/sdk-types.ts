import type { LanguageModelMiddleware, wrapLanguageModel } from 'ai'

/** A provider's model, as the AI SDK defines it. */
export type ProviderModel = Parameters<typeof wrapLanguageModel>[0]['model']

/** The parameters of one model call. */
export type CallParams = Parameters<ProviderModel['doGenerate']>[0]

/** The response of a model call without streaming. */
export type GenerateResult = Awaited<ReturnType<ProviderModel['doGenerate']>>

/** The parts that a model streams; the last has the usage. */
export type StreamPart =
  Awaited<ReturnType<ProviderModel['doStream']>>['stream'] extends ReadableStream<infer Part>
    ? Part
    : never

/** Hooks around model calls. */
export type Middleware = LanguageModelMiddleware
