import { inSpan, type OpenSpan, type SpanOptions, startSpan } from '@tollgate/metering'
import { wrapLanguageModel } from 'ai'
import { type CallUse, openUse, readUse } from './call-use.ts'
import { checkCosts } from './model-cost.ts'
import { type CostRecorder, type CostRecording, recordCost } from './record-cost.ts'
import type { CallParams, GenerateResult, ProviderModel, StreamPart } from './sdk-types.ts'
import { toReadable } from './to-readable.ts'

/**
 * Records every call of a model as a span, by OpenTelemetry's conventions for generative AI: provider, model, limits and tokens, but
 * neither prompt nor response. A no-op until an OpenTelemetry SDK is registered. With an operation, the provider cost of each call is
 * stored with it.
 *
 * @example
 * const model = traceCalls(openai('gpt-5-mini'), { operation, costs: { 'gpt-5-mini': { input: 250_000, output: 2_000_000 } } })
 * const { fullStream } = streamText({ model, prompt })
 */
export function traceCalls(model: ProviderModel, recording?: CostRecording): ProviderModel {
  if (recording) checkCosts(recording.costs)
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v3',
      async wrapGenerate({ doGenerate, params }) {
        const use = openUse(model)
        const recorder = await recorderOf(recording, { params, use })
        return inSpan(
          `chat ${model.modelId}`,
          async (span) => {
            try {
              const result = await doGenerate()
              const used = readUse(use, result)
              await recorder?.answered(result, used)
              span.set(() => describeAnswer(result, used))
              return result
            } catch (error) {
              recorder?.failed(error, use)
              throw error
            }
          },
          describeRequest(use, params),
        )
      },
      async wrapStream({ doStream, params }) {
        const use = openUse(model)
        const recorder = await recorderOf(recording, { params, use })
        const span = startSpan(`chat ${model.modelId}`, describeRequest(use, params))
        try {
          const result = await span.run(doStream)
          if (span.context === null && !recorder) return result
          const stream = watch(result.stream, { span, recorder, use })
          return { ...result, stream: toReadable(stream, undefined) }
        } catch (error) {
          recorder?.failed(error, use)
          span.end(error)
          throw error
        }
      },
    },
  })
}

async function recorderOf(
  recording: CostRecording | undefined,
  call: { params: CallParams; use: CallUse },
): Promise<CostRecorder | null> {
  return recording?.operation.reportCost ? recordCost(recording, call) : null
}

function describeRequest(
  { provider, requestModel }: CallUse,
  { maxOutputTokens, temperature }: CallParams,
): SpanOptions {
  return {
    kind: 'client',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': requestModel,
      ...(maxOutputTokens === undefined ? {} : { 'gen_ai.request.max_tokens': maxOutputTokens }),
      ...(temperature === undefined ? {} : { 'gen_ai.request.temperature': temperature }),
    },
  }
}

function describeAnswer(
  answer: Pick<GenerateResult, 'finishReason'> & { response?: GenerateResult['response'] },
  { responseModel, input, output }: CallUse,
) {
  const { finishReason, response } = answer
  return {
    'gen_ai.response.finish_reasons': [finishReason.unified],
    ...(response?.id ? { 'gen_ai.response.id': response.id } : {}),
    ...(responseModel ? { 'gen_ai.response.model': responseModel } : {}),
    ...(input === undefined ? {} : { 'gen_ai.usage.input_tokens': input }),
    ...(output === undefined ? {} : { 'gen_ai.usage.output_tokens': output }),
  }
}

/** The span ends with the stream, or when its reader stops. */
async function* watch(
  stream: AsyncIterable<StreamPart>,
  { span, recorder, use: asked }: { span: OpenSpan; recorder: CostRecorder | null; use: CallUse },
): AsyncGenerator<StreamPart> {
  let use = asked
  let response: GenerateResult['response']
  let failure: unknown
  try {
    for await (const part of stream) {
      if (part.type === 'response-metadata') {
        response = part
        use = readUse(use, { response })
      }
      if (part.type === 'error') failure = part.error
      recorder?.wrote(part, use)
      if (part.type === 'finish') {
        use = readUse(use, part)
        recorder?.ended(use)
        span.set(() => describeAnswer({ ...part, ...(response ? { response } : {}) }, use))
      }
      yield part
    }
  } catch (error) {
    failure = error
    throw error
  } finally {
    span.end(failure)
  }
}
