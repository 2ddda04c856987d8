import { type BillingCustomer, SPAN_ATTRIBUTES } from '@tollgate/contract'
import type { MeteringContext } from './context.ts'
import { crashPoint } from './crash-point.ts'
import type { Billed, BilledResult, BilledCall, BilledStream, Metering, Work } from './metering.ts'
import { inSpan, type OpenSpan } from './in-span.ts'
import { chargeKeyOf } from './keys/charge-key.ts'
import { collectStream } from './operation/collect-stream.ts'
import { deliverStream } from './operation/deliver-stream.ts'
import { streamHasNoId } from './operation/faults.ts'
import { placeOperation } from './operation/place-operation.ts'
import { emitFailure, type Operation, startOperation } from './operation/start-operation.ts'
import { replayStored, storeOutput } from './operation/stored-result.ts'

/**
 * Makes the single path of every billed call: hold, work, settle or release. The statement that holds, settles and releases is
 * `routines/apply_batch.sql`; less common cases go through `routines/apply_each.sql`.
 */
export function createRun(context: MeteringContext): Metering['run'] {
  return run

  function run(call: BilledCall & { collect: boolean }, work: Work<unknown>): Promise<Either>
  function run<Output>(call: BilledCall, work: Work<Output>): Promise<Billed<Output>>
  async function run(
    call: BilledCall & { collect?: boolean },
    work: Work<unknown>,
  ): Promise<Either> {
    const begun = await inSpan('hold', (span) => hold(context, call, span))
    if (begun.outcome === 'replay') {
      return replayStored(begun, { collect: call.collect === true, codec: call.codec ?? null })
    }
    const operation = startOperation(context, call, begun)
    crashPoint('CP05-before-work')
    let output: unknown
    try {
      output = await operation.span.run(() => work(operation.running))
    } catch (error) {
      throw await operation.fail(error)
    }
    if (!isAsyncIterable(output)) {
      return { output, receipt: await settle(context, operation, output) }
    }
    if (call.resultId) throw await operation.fail(streamHasNoId(call.procedure))
    if (call.collect) {
      const { output: pieces, receipt } = await collectStream(context, operation, output)
      return { output: pieces, receipt }
    }
    const chunks = deliverStream(context, operation, output)
    return { operationId: operation.running.operationId, chunks, replayed: false }
  }
}

type Either = BilledResult<unknown> | BilledStream<unknown>

async function hold(context: MeteringContext, call: BilledCall, span: OpenSpan) {
  const { procedure, customer, charges } = call
  span.set(() => ({
    [SPAN_ATTRIBUTES.procedure]: procedure,
    [SPAN_ATTRIBUTES.meters]: charges.map(({ meter }) => meter),
    [SPAN_ATTRIBUTES.credits]: charges.map(({ hold: credits }) => credits),
  }))
  crashPoint('CP01-before-place')
  try {
    const begun = await placeOperation(context, call)
    span.set(() => ({
      [SPAN_ATTRIBUTES.operationId]: begun.operationId,
      [SPAN_ATTRIBUTES.outcome]: begun.outcome === 'replay' ? 'replayed' : 'placed',
    }))
    if (begun.outcome === 'replay') {
      context.emit({ kind: 'operation', procedure, outcome: 'replayed' })
      return begun
    }
    context.emit({ kind: 'hold', procedure })
    crashPoint('CP04-after-place')
    if (begun.due) refreshBehind(context, customer)
    return begun
  } catch (error) {
    emitFailure(context, procedure, error)
    throw error
  }
}

/** Finished work is never released because settling failed; only a result that cannot be stored is. */
async function settle(context: MeteringContext, operation: Operation, output: unknown) {
  const { call, usage } = operation
  let chargeKey: string | null
  let result: string
  try {
    chargeKey = chargeKeyOf(call, output)
    result = storeOutput(output, { ...call, bytesMax: context.policy.resultBytesMax })
  } catch (error) {
    throw await operation.fail(error)
  }
  return operation.settle({ amounts: usage.charged(), complete: true, result, chargeKey })
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** The balance is no longer fresh but usable; refreshes it in the background for the next call. */
function refreshBehind(context: MeteringContext, customer: BillingCustomer): void {
  context.sync(customer).catch((error: unknown) => {
    context.logger.warn(
      { error, customerId: customer.customerId },
      'billing sync: balance not refreshed, the next call retries',
    )
  })
}
