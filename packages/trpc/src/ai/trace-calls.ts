import { inSpan, type OpenSpan, type SpanOptions, startSpan } from '@tollgate/metering'
import { wrapLanguageModel } from 'ai'
import type { CallParams, GenerateResult, ProviderModel, StreamPart } from './sdk-types.ts'
import { toReadable } from './to-readable.ts'

/**
 * A model whose every call is a span, named and described by OpenTelemetry's conventions for generative AI: provider, model, limits
 * and tokens, and neither prompt nor answer. Costs nothing until an OpenTelemetry SDK is registered.
 *
 * @example
 * const { fullStream } = streamText({ model: traceCalls(openai('gpt-5-mini')), prompt })
 */
export function traceCalls(model: ProviderModel): ProviderModel {
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v3',
      wrapGenerate: ({ doGenerate, params }) =>
        inSpan(
          `chat ${model.modelId}`,
          async (span) => {
            const result = await doGenerate()
            span.set(() => describeAnswer(result))
            return result
          },
          describeRequest(model, params),
        ),
      async wrapStream({ doStream, params }) {
        const span = startSpan(`chat ${model.modelId}`, describeRequest(model, params))
        try {
          const result = await span.run(doStream)
          if (span.context === null) return result
          return { ...result, stream: toReadable(watch(result.stream, span), undefined) }
        } catch (error) {
          span.end(error)
          throw error
        }
      },
    },
  })
}

function describeRequest(model: ProviderModel, params: CallParams): SpanOptions {
  const { maxOutputTokens, temperature } = params
  // The AI SDK names the kind of a model's API, too: "openai.chat".
  const [provider = model.provider] = model.provider.split('.')
  return {
    kind: 'client',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': model.modelId,
      ...(maxOutputTokens === undefined ? {} : { 'gen_ai.request.max_tokens': maxOutputTokens }),
      ...(temperature === undefined ? {} : { 'gen_ai.request.temperature': temperature }),
    },
  }
}

function describeAnswer({
  finishReason,
  usage,
  response,
}: Pick<GenerateResult, 'finishReason' | 'usage'> & {
  response?: GenerateResult['response'] | undefined
}) {
  const { total: input } = usage.inputTokens
  const { total: output } = usage.outputTokens
  return {
    'gen_ai.response.finish_reasons': [finishReason.unified],
    ...(response?.id ? { 'gen_ai.response.id': response.id } : {}),
    ...(response?.modelId ? { 'gen_ai.response.model': response.modelId } : {}),
    ...(input === undefined ? {} : { 'gen_ai.usage.input_tokens': input }),
    ...(output === undefined ? {} : { 'gen_ai.usage.output_tokens': output }),
  }
}

/** The span ends with the stream, or where its reader leaves it. */
async function* watch(
  stream: AsyncIterable<StreamPart>,
  span: OpenSpan,
): AsyncGenerator<StreamPart> {
  let response: GenerateResult['response']
  let failure: unknown
  try {
    for await (const part of stream) {
      if (part.type === 'response-metadata') response = part
      if (part.type === 'error') failure = part.error
      if (part.type === 'finish') span.set(() => describeAnswer({ ...part, response }))
      yield part
    }
  } catch (error) {
    failure = error
    throw error
  } finally {
    span.end(failure)
  }
}
