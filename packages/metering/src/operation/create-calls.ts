import type { BillingCustomer, ReceiptChunk } from '@tollgate/contract'
import type { MeteringContext } from '../context.ts'
import { crashPoint } from '../crash-point.ts'
import type {
  BilledAnswer,
  BilledCall,
  BilledStream,
  Metering,
  RunningOperation,
  StoredAnswer,
} from '../metering.ts'
import type { Heartbeat } from './heartbeat.ts'
import { placeOperation } from './place-operation.ts'
import { runOperation } from './run-operation.ts'
import { tellEnd } from './tell-end.ts'

/** The three ways to make a billed call: with work that returns, with work that yields, or hand in hand with a framework. */
export function createCalls(
  context: MeteringContext & {
    heartbeat: Heartbeat
    sync: (customer: BillingCustomer) => Promise<void>
  },
): Pick<Metering, 'place' | 'run' | 'stream'> {
  async function place(call: BilledCall) {
    const { procedure } = call
    crashPoint('CP01-before-place')
    const begun = await placeOperation(context, call).catch((error: unknown) => {
      tellEnd(context, procedure, error)
      throw error
    })
    if ('stored' in begun) {
      context.tell({ kind: 'operation', procedure, outcome: 'replayed' })
      return begun
    }
    crashPoint('CP04-after-place')
    if (begun.placed.degraded) context.tell({ kind: 'degraded', procedure })
    if (begun.placed.due) refreshBehind(context, call.customer)
    return { placed: runOperation(context, call, begun.placed) }
  }

  async function run<Output>(
    call: BilledCall,
    work: (operation: RunningOperation) => Promise<Output>,
  ): Promise<BilledAnswer<Output>> {
    const begun = await place(call)
    if ('stored' in begun) return storedOutput<Output>(begun.stored)
    const { operation, degraded, release, settle } = begun.placed
    let output: Output
    try {
      output = await work(operation)
    } catch (error) {
      await release()
      throw error
    }
    // Outside the try: work that was done is never given back because settling failed.
    return { output, receipt: await settle(output), degraded }
  }

  async function stream<Chunk>(
    call: BilledCall,
    work: (operation: RunningOperation) => AsyncIterable<Chunk>,
  ): Promise<BilledStream<Chunk>> {
    const begun = await place(call)
    if ('stored' in begun) return storedStream<Chunk>(begun.stored)
    const { operation, degraded, wrap } = begun.placed
    const { operationId } = operation
    return { operationId, degraded, replayed: false, chunks: wrap(work(operation)) }
  }

  return { place, run, stream }
}

/** The account is old but good enough; the next call will find it fresh. */
function refreshBehind(
  context: MeteringContext & { sync: (customer: BillingCustomer) => Promise<void> },
  customer: BillingCustomer,
): void {
  context.sync(customer).catch((error: unknown) => {
    context.logger.warn(
      { error, customerId: customer.customerId },
      'metering: a balance could not be refreshed',
    )
  })
}

function storedOutput<Output>({ receipt, answer }: StoredAnswer): BilledAnswer<Output> {
  const output = answer.kind === 'output' ? answer.output : answer.chunks
  return { output: output as Output, receipt, degraded: false }
}

function storedStream<Chunk>({ operationId, receipt, answer }: StoredAnswer): BilledStream<Chunk> {
  const chunks = answer.kind === 'chunks' ? answer.chunks : [answer.output]
  return { operationId, degraded: false, replayed: true, chunks: replay<Chunk>(chunks, receipt) }
}

async function* replay<Chunk>(
  chunks: unknown[],
  receipt: ReceiptChunk['receipt'],
): AsyncGenerator<Chunk | ReceiptChunk> {
  // What was stored under this key is what this procedure yielded; the key's scope says so.
  for (const chunk of chunks) yield chunk as Chunk
  yield { type: 'receipt', receipt }
}
