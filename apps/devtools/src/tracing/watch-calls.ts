import { AsyncLocalStorage } from 'node:async_hooks'
import { type BillingBackend, OPERATION_KEY_HEADER, type Station } from '@tollgate/contract'
import type { Metering, RunningOperation } from '@tollgate/metering'
import type { Around } from '@tollgate/server'
import type { TraceLog } from './trace-log.ts'

/** Watches billed calls from outside: every room stays as it is, and its doors tell when a call comes through. */
export function watchCalls(log: TraceLog): Around {
  const current = new AsyncLocalStorage<string>()
  const arrive = (station: Station) => {
    const key = current.getStore()
    if (key !== undefined) log.arrive(key, station)
  }

  return {
    fetch: (fetch) => async (request, env) => {
      const key = request.headers.get(OPERATION_KEY_HEADER)
      if (key === null) return fetch(request, env)
      return current.run(key, async () => {
        arrive('http')
        const response = await fetch(request, env)
        log.close(key, 'answer')
        return response
      })
    },
    readCaller: (readCaller) => async (headers) => {
      arrive('session')
      const caller = await readCaller(headers)
      arrive('context')
      return caller
    },
    rateLimit: (rateLimit) => async (call) => {
      const waitMs = await rateLimit(call)
      if (waitMs === null) arrive('price')
      return waitMs
    },
    metering: (metering) => watchMetering(metering, log, arrive),
    backend: (backend) => watchDeliveries(backend, log),
  }
}

function watchDeliveries(backend: BillingBackend, log: TraceLog): BillingBackend {
  return {
    ...backend,
    async deliverUsage(deliveries, options) {
      const keys = deliveries.flatMap(({ operationId }) => log.keyOf(operationId) ?? [])
      for (const key of keys) {
        log.close(key, 'relay')
        log.open(key, 'backend')
      }
      const receipts = await backend.deliverUsage(deliveries, options)
      for (const key of keys) log.close(key, 'backend')
      return receipts
    },
  }
}

type Arrive = (station: Station) => void

function watchMetering(metering: Metering, log: TraceLog, arrive: Arrive): Metering {
  const run = new Proxy(metering.run, {
    async apply(target, self, [call, work]: Parameters<Metering['run']>) {
      arrive('hold')
      let isNew = false
      const end = () => {
        if (!isNew) return
        arrive('answer')
        log.open(call.key, 'relay')
      }
      const answer = await Reflect.apply(target, self, [
        call,
        async (operation: RunningOperation) => {
          isNew = true
          log.name(call.key, operation.operationId)
          arrive('work')
          const output = await work(operation)
          if (isAsyncIterable(output)) return untilEnd(output, () => arrive('settle'))
          arrive('settle')
          return output
        },
      ])
      if ('chunks' in answer) return { ...answer, chunks: onReceipt(answer.chunks, end) }
      end()
      return answer
    },
  })
  return { ...metering, run }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** A reader may stop at the receipt, which is the last chunk. */
async function* onReceipt<Chunk>(
  chunks: AsyncIterable<Chunk>,
  atReceipt: () => void,
): AsyncGenerator<Chunk> {
  for await (const chunk of chunks) {
    if (isReceipt(chunk)) atReceipt()
    yield chunk
  }
}

function isReceipt(chunk: unknown): boolean {
  return typeof chunk === 'object' && chunk !== null && 'type' in chunk && chunk.type === 'receipt'
}

async function* untilEnd<Chunk>(
  chunks: AsyncIterable<Chunk>,
  atEnd: () => void,
): AsyncGenerator<Chunk> {
  yield* chunks
  atEnd()
}
