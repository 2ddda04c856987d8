import type { GenerateResult, ProviderModel } from './sdk-types.ts'

/** What is known about one model call, for its span and its stored cost. */
export type CallUse = {
  provider: string
  requestModel: string
  /** The model that responded; null before that. */
  responseModel: string | null
  input: number | undefined
  cachedInput: number | undefined
  output: number | undefined
}

/** The use of a call that is about to be made. */
export function openUse(model: ProviderModel): CallUse {
  // The AI SDK appends the kind of API: "openai.chat".
  const [provider = model.provider] = model.provider.split('.')
  return {
    provider,
    requestModel: model.modelId,
    responseModel: null,
    input: undefined,
    cachedInput: undefined,
    output: undefined,
  }
}

/** Adds what the provider has reported so far. */
export function readUse(
  use: CallUse,
  said: { usage?: GenerateResult['usage']; response?: GenerateResult['response'] | undefined },
): CallUse {
  const { usage, response } = said
  return {
    ...use,
    responseModel: response?.modelId || use.responseModel,
    input: usage?.inputTokens.total ?? use.input,
    cachedInput: usage?.inputTokens.cacheRead ?? use.cachedInput,
    output: usage?.outputTokens.total ?? use.output,
  }
}
