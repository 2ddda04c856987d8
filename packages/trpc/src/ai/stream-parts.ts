import type { ReceiptChunk } from '@tollgate/contract'
import { createPartReader } from './part-reader.ts'
import type { StreamPart } from './sdk-types.ts'
import { type Counting, creditsOfStep, type Step } from './step.ts'
import { fromStoredPart, toStoredPart } from './stored-answer.ts'

/** How a stream is charged while it is delivered. */
type Charging = {
  step: Step
  counting: Counting
  /** The credits that are held. */
  most: number
  correct: (credits: number) => void
}

/**
 * The parts of a model's stream, each reported before it is delivered. Parts without content, such as the first of every stream, wait for
 * one with content, so that a stream that fails before that is free.
 */
export async function* chargedParts(
  stream: AsyncIterable<StreamPart>,
  { step, counting, most, correct }: Charging,
): AsyncGenerator<StreamPart[]> {
  const read = createPartReader()
  let usage: Step['usage'] = null
  let waiting: StreamPart[] = []
  for await (const part of stream) {
    if (part.type === 'error') throw part.error
    if (part.type === 'finish') usage = part.usage
    // Raw parts only repeat the content of others.
    if (part.type !== 'raw') waiting.push(toStoredPart(part))
    const text = read(part)
    if (text === '') continue
    step.output += await counting.countTokens(text)
    correct(creditsOfStep(step, counting))
    yield waiting
    waiting = []
  }
  step.usage = usage
  const exact = creditsOfStep(step, counting)
  // The last part has no content, so the hold must cover it; usage beyond the hold is charged as far as the balance allows.
  correct(Math.min(exact, most))
  yield waiting
  correct(exact)
}

/** The parts of a billed stream, as the SDK reads them; the last one carries the receipt. */
export async function* unpackParts(
  chunks: AsyncIterable<StreamPart[] | ReceiptChunk>,
  signal: AbortSignal | undefined,
): AsyncGenerator<StreamPart> {
  let finish: Finish = {
    type: 'finish',
    finishReason: { unified: 'other', raw: undefined },
    usage: UNKNOWN,
  }
  try {
    for await (const chunk of chunks) {
      if (!Array.isArray(chunk)) {
        const { receipt } = chunk
        finish = {
          ...finish,
          providerMetadata: { ...finish.providerMetadata, tollgate: { receipt } },
        }
        continue
      }
      for (const part of chunk) {
        // Delivered after the charge is made.
        if (part.type === 'finish') finish = part
        else yield fromStoredPart(part)
      }
    }
  } catch (error) {
    yield { type: 'error', error }
    return
  }
  signal?.throwIfAborted()
  yield finish
}

type Finish = Extract<StreamPart, { type: 'finish' }>

const UNKNOWN: Finish['usage'] = {
  inputTokens: {
    total: undefined,
    noCache: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
  },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
}
