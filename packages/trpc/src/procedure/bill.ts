import { type OperationKey, operationKey, SPAN_ATTRIBUTES } from '@tollgate/contract'
import {
  type BilledCall,
  type Codec,
  fingerprint,
  inSpan,
  notPermitted,
  type RunningOperation,
} from '@tollgate/metering'
import type { TRPCError } from '@trpc/server'
import { middlewareMarker } from '@trpc/server/unstable-core-do-not-import'
import type { Caller, CallServices } from '../billing-options.ts'
import { billingErrorOf } from '../errors/billing-error-of.ts'
import { toTrpcError } from '../errors/to-trpc-error.ts'
import { readOperationKey } from '../http/read-operation-key.ts'
import { type RequestState, requireRequestState } from '../http/request-state.ts'
import { addMetadata } from '../http/response-headers.ts'
import { computeCharges } from './compute-charges.ts'
import type { ParsedPrice } from './parse-price.ts'

/** A call with validated input, ready to be billed, as tRPC passes it to a middleware. */
export type BilledRequest<Result> = {
  price: ParsedPrice
  services: CallServices
  caller: Caller
  ctx: object
  path: string
  /** What the price is computed from. */
  input: unknown
  /** What the caller sent: defaults generated per call must not make a retry look like another call. */
  sent: unknown
  batchIndex: number
  signal: AbortSignal | undefined
  /** How the result is stored for a retry. */
  codec: Codec | null
  next: (operation: RunningOperation) => Promise<Result>
}

/** The result of tRPC's `next()`, which does not throw. */
export type NextResult = { ok: true; data: unknown } | { ok: false; error: TRPCError }

/** Bills the work that follows: price, hold, work, settle. The body of a middleware; a replay does not call `next()`. */
export async function bill<Result extends NextResult>(request: BilledRequest<Result>) {
  const { price, services, path, batchIndex } = request
  const { customer, maySpend, subjects } = request.caller
  const state = requireRequestState(request.ctx)
  try {
    if (!maySpend) throw notPermitted('spending')
    const compared = price.fingerprint ? price.fingerprint(request.input) : request.sent
    const key = await keyOf(request, state, compared)
    const { charges, feature } = await inSpan('price', async (span) => {
      const priced = await computeCharges(price, path, request.input)
      span.set(() => ({
        [SPAN_ATTRIBUTES.procedure]: path,
        [SPAN_ATTRIBUTES.meters]: priced.charges.map(({ meter }) => meter),
        [SPAN_ATTRIBUTES.credits]: priced.charges.map(({ hold }) => hold),
      }))
      return priced
    })
    const answer = await services.metering.run(
      {
        customer,
        subjects,
        procedure: path,
        key,
        input: compared,
        charges,
        feature,
        settle: price.settle,
        deadlineMs: price.deadlineMs ?? undefined,
        signal: request.signal,
        codec: request.codec,
        collect: !state.acceptsStream,
        cost: price.cost ?? undefined,
        ...resultIdOf(price),
      },
      async (operation) => {
        const result = await request.next(operation)
        if (!result.ok) throw result.error
        return result.data
      },
    )
    if ('chunks' in answer) {
      const { chunks, operationId, replayed } = answer
      addMetadata(state.metadata, batchIndex, { operationId, replayed })
      return done(chunks)
    }
    const { output, receipt } = answer
    const { operationId, replayed } = receipt
    return await inSpan('answer', (span) => {
      span.set(() => ({
        [SPAN_ATTRIBUTES.operationId]: operationId,
        [SPAN_ATTRIBUTES.outcome]: replayed ? 'replayed' : 'settled',
      }))
      addMetadata(state.metadata, batchIndex, { operationId, receipt, replayed })
      return done(services.present(output, operationId))
    })
  } catch (error) {
    await addRefusalMetadata(request, state, error)
    throw toTrpcError(error)
  }
}

function done(data: unknown) {
  return { ok: true, data, marker: middlewareMarker } as const
}

async function keyOf(
  { price, services, path, batchIndex }: BilledRequest<unknown>,
  { headers }: RequestState,
  compared: unknown,
): Promise<OperationKey> {
  if (price.chargeOnce === 'per_input') return operationKey(await fingerprint(path, compared))
  const acceptRequestId = services.acceptRequestIdAsKey
  return readOperationKey(headers, batchIndex, { acceptRequestId })
}

function resultIdOf({ chargeOnce }: ParsedPrice): Pick<BilledCall, 'resultId'> {
  return typeof chargeOnce === 'object' ? { resultId: (output) => chargeOnce.result(output) } : {}
}

/** A caller refused for insufficient credits gets its balance in the same header as after a charge. */
async function addRefusalMetadata(
  { services, caller, batchIndex }: BilledRequest<unknown>,
  { metadata }: RequestState,
  error: unknown,
): Promise<void> {
  const billing = billingErrorOf(error)
  const { metering, logger } = services
  if (billing?.kind !== 'insufficient_credits') return
  try {
    addMetadata(metadata, batchIndex, { balances: await metering.balances(caller.customer) })
  } catch (problem) {
    logger.warn(
      { error: problem },
      'trpc: reading balances for a refusal failed, answering without them',
    )
  }
}
