import type { RunningOperation } from '@tollgate/metering'
import { createPartReader } from './part-reader.ts'
import type { GenerateResult, Middleware, StreamPart } from './sdk-types.ts'
import { toReadable } from './to-readable.ts'
import { closeStep, type Counting, creditsOfStep, openStep, type Step } from './step.ts'

/** Where usage is reported: the operation of a billed procedure, or `metering.run`'s. */
export type ReportTarget = {
  /** Receives the total so far, which replaces the previous one. */
  correct(credits: number): void
  /** Receives the cost of a call; without it, costs are not stored. */
  reportCost?: RunningOperation['reportCost']
}

/** Middleware that makes a model report its usage, and a reader for its streams. */
export type UsageReporter = {
  middleware: Middleware
  deliver<Part extends { type: string }>(fullStream: AsyncIterable<Part>): AsyncIterable<Part>
}

/** A stream in progress: what is charged for it, and the usage that its provider has reported so far. */
type Streamed = { step: Step; usage: GenerateResult['usage'] | null }

/** Reports model calls to the operation that makes them. */
export function reportUsage(operation: ReportTarget, counting: Counting): UsageReporter {
  const steps: Step[] = []
  const unread: Streamed[] = []
  let isDelivered = false

  const report = () =>
    operation.correct(steps.reduce((sum, step) => sum + creditsOfStep(step, counting), 0))

  const middleware: Middleware = {
    specificationVersion: 'v3',
    async wrapGenerate({ model, params }) {
      const step = await openStep(params, counting)
      const result = await model.doGenerate(params)
      await closeStep(step, result, counting)
      steps.push(step)
      report()
      return result
    },
    async wrapStream({ model, params }) {
      const step = await openStep(params, counting)
      const result = await model.doStream(params)
      const streamed: Streamed = { step, usage: null }
      steps.push(step)
      unread.push(streamed)
      return { ...result, stream: toReadable(watch(result.stream, streamed), undefined) }
    },
  }

  async function* watch(stream: AsyncIterable<StreamPart>, streamed: Streamed) {
    const read = createPartReader()
    for await (const part of stream) {
      if (part.type === 'finish') streamed.usage = part.usage
      if (!isDelivered) {
        streamed.step.output += await counting.countTokens(read(part))
        streamed.step.usage = streamed.usage
        report()
      }
      yield part
    }
  }

  /** The next stream, counted from zero: what the SDK has read ahead was not delivered. */
  function next(): Streamed | undefined {
    const streamed = unread.shift()
    if (streamed) Object.assign(streamed.step, { output: 0, usage: null })
    return streamed
  }

  async function* deliver<Part extends { type: string }>(fullStream: AsyncIterable<Part>) {
    isDelivered = true
    const read = createPartReader()
    let streamed: Streamed | undefined
    for await (const part of fullStream) {
      if (part.type === 'start-step') streamed = next()
      const text = read(part)
      const isFinish = part.type === 'finish-step' || part.type === 'finish'
      if (text !== '' || isFinish) {
        streamed ??= next()
        if (streamed && text !== '') streamed.step.output += await counting.countTokens(text)
        if (streamed && isFinish) streamed.step.usage = streamed.usage
        report()
      }
      yield part
    }
  }

  return { middleware, deliver }
}
