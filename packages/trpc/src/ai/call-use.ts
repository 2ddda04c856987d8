import type { GenerateResult, ProviderModel } from './sdk-types.ts'

/** What is known of one call of a model, for its span and for what is stored of its cost alike. */
export type CallUse = {
  provider: string
  requestModel: string
  /** The model that answered; null before it has. */
  responseModel: string | null
  input: number | undefined
  cachedInput: number | undefined
  output: number | undefined
}

/** A call that is about to be made. */
export function openUse(model: ProviderModel): CallUse {
  // The AI SDK names the kind of a model's API, too: "openai.chat".
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

/** A call with what its provider has said by now. */
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
