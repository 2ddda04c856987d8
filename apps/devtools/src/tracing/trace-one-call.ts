// The client also supports browsers; its types use theirs.
/// <reference lib="dom" />
import { setTimeout as delay } from 'node:timers/promises'
import type { AppRouter } from '@tollgate/api'
import { createTollgate, intent, newOperationKey } from '@tollgate/client'
import { inSpan } from '@tollgate/metering'
import { exampleOf } from '../panel/list-procedures.ts'
import type { RecordedSpan, SpanRecorder } from './create-span-recorder.ts'
import { traceCall, tracedFetch } from './trace-call.ts'

const POLL_MS = 5
/** The relay polls every second. */
const DELIVERED_WITHIN_MS = 10_000

/** Makes one billed call as a client would, with the procedure's example input, and waits until the backend has its event. */
export async function traceOneCall(call: {
  url: string
  path: string
  token: string
  recorder: SpanRecorder
}): Promise<RecordedSpan[]> {
  const { url, path, token, recorder } = call
  const input = exampleOf(path)
  const { untyped } = createTollgate<AppRouter>({
    url: `${url}/trpc`,
    streams: { 'text.summarize': true },
    getToken: () => token,
    fetch: tracedFetch,
  })
  const { traceId } = await traceCall(async () => {
    const options = await inSpan('intent', () => intent(newOperationKey()))
    await inSpan('links', async () => {
      const answer = await untyped.mutation(path, input, options)
      if (isAsyncIterable(answer)) for await (const _chunk of answer) continue
    })
  })
  return readWhenDelivered(recorder, traceId)
}

async function readWhenDelivered(recorder: SpanRecorder, traceId: string): Promise<RecordedSpan[]> {
  const deadline = performance.now() + DELIVERED_WITHIN_MS
  while (performance.now() < deadline) {
    const { spans, delivered } = recorder.read(traceId)
    if (delivered) return spans
    await delay(POLL_MS)
  }
  throw new Error(`The event was not delivered within ${DELIVERED_WITHIN_MS} ms.`)
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
