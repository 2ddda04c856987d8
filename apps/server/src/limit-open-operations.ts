import type { CustomerId } from '@tollgate/contract'
import { type Metering, rateLimited } from '@tollgate/metering'

/** One of the customer's operations is likely to end within this time. */
const RETRY_MS = 1000

/** Limits how many operations of one customer run in this process, so that one customer's slow work cannot starve others. */
export function limitOpenOperations(
  metering: Metering,
  options: { perCustomer: number },
): Metering {
  const open = new Map<CustomerId, number>()

  const begin = (customerId: CustomerId): (() => void) => {
    const running = open.get(customerId) ?? 0
    if (running >= options.perCustomer) throw rateLimited(RETRY_MS)
    open.set(customerId, running + 1)
    let hasEnded = false
    return () => {
      if (hasEnded) return
      hasEnded = true
      const left = (open.get(customerId) ?? 1) - 1
      if (left === 0) open.delete(customerId)
      else open.set(customerId, left)
    }
  }

  const run = new Proxy(metering.run, {
    async apply(target, self, [call, work]: Parameters<Metering['run']>) {
      const end = begin(call.customer.customerId)
      try {
        const answer = await Reflect.apply(target, self, [call, work])
        if ('chunks' in answer)
          return { ...answer, chunks: endAfter(answer.chunks, call.signal, end) }
        end()
        return answer
      } catch (error) {
        end()
        throw error
      }
    },
  })
  return { ...metering, run }
}

/** A stream that is never read ends when its caller disconnects. */
function endAfter<Chunk>(
  chunks: AsyncIterable<Chunk>,
  signal: AbortSignal | undefined,
  end: () => void,
): AsyncIterable<Chunk> {
  if (signal?.aborted) end()
  else signal?.addEventListener('abort', end, { once: true })
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* chunks
      } finally {
        signal?.removeEventListener('abort', end)
        end()
      }
    },
  }
}
