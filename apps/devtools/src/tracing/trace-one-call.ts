// The client is written for browsers as well; its types name theirs.
/// <reference lib="dom" />
import { setTimeout as delay } from 'node:timers/promises'
import type { AppRouter } from '@tollgate/api'
import { createTollgate, intent, newOperationKey } from '@tollgate/client'
import { exampleOf } from '../panel/list-procedures.ts'
import type { Trace, TraceLog } from './trace-log.ts'

const POLL_MS = 5
/** The relay looks for work by itself every second. */
const DELIVERED_WITHIN_MS = 10_000

/** Makes one billed call as a client would, with the procedure's own example, and waits until the backend has its event. */
export async function traceOneCall(call: {
  url: string
  path: string
  token: string
  log: TraceLog
}): Promise<Trace> {
  const { url, path, token, log } = call
  const input = exampleOf(path)
  const { untyped } = createTollgate<AppRouter>({
    url: `${url}/trpc`,
    streams: { 'text.summarize': true },
    getToken: () => token,
  })

  const began = performance.now()
  const key = newOperationKey()
  log.arrive(key, 'intent')
  const options = intent(key)
  log.arrive(key, 'links')
  const answer = await untyped.mutation(path, input, options)
  if (isAsyncIterable(answer)) for await (const _chunk of answer) continue
  log.close(key, 'answer')
  return readWhenDelivered(log, key, began)
}

async function readWhenDelivered(log: TraceLog, key: string, began: number): Promise<Trace> {
  for (;;) {
    const seen = log.read(key)
    if (seen?.ended) return seen.trace
    if (performance.now() - began > DELIVERED_WITHIN_MS) {
      throw new Error(`The event was not delivered within ${DELIVERED_WITHIN_MS} ms.`)
    }
    await delay(POLL_MS)
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
