import type { BillingCustomer } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import {
  billingErrorOf,
  readOperationKey,
  runBilledTrpc,
  toTrpcError,
} from '@tollgate/metering/trpc'
import type { MiddlewareResult } from '@trpc/server/unstable-core-do-not-import'
import { note } from './answers.ts'
import type { Context } from './context.ts'
import { quote } from './quote.ts'
import { storeFailure } from './store-failure.ts'
import type { Tariff } from './tariff.ts'
import { toBalanceUpdate } from './to-balance-update.ts'

/** A call that has passed its input and waits to be billed, as tRPC hands it to a middleware. */
type BilledRequest<Result> = {
  tariff: Tariff
  ctx: Context & { customer: BillingCustomer }
  path: string
  input: unknown
  batchIndex: number
  signal: AbortSignal | undefined
  next: (operation: RunningOperation) => Promise<Result>
}

/** Bills what stands behind it: quote, hold, work, settle. The body of a middleware. */
export async function bill<Result extends MiddlewareResult<object>>(
  request: BilledRequest<Result>,
) {
  const { tariff, ctx, path, input, batchIndex, signal, next } = request
  const quoted = await quoteCall(request)
  try {
    return await runBilledTrpc({
      metering: ctx.metering,
      call: {
        customer: ctx.customer,
        procedure: path,
        input: input ?? null,
        settle: tariff.settle,
        whenUnavailable: tariff.whenUnavailable,
        ...quoted,
        ...(tariff.deadlineMs === null ? {} : { deadlineMs: tariff.deadlineMs }),
        ...(signal ? { signal } : {}),
      },
      next,
      onAnswer: ({ receipt, ...said }) =>
        note(ctx.answers, batchIndex, { ...said, ...(receipt ? { receipt } : {}) }),
    })
  } catch (error) {
    await noteBalances(ctx, batchIndex, error)
    // Work that fails is returned, not thrown: what is thrown here came from metering and its store.
    throw toTrpcError(storeFailure(error) ?? error)
  }
}

async function quoteCall({ tariff, ctx, path, input, batchIndex }: BilledRequest<unknown>) {
  try {
    const key = readOperationKey(ctx.headers, batchIndex, {
      acceptRequestId: ctx.acceptRequestIdAsKey,
    })
    return { key, ...(await quote(tariff, path, input)) }
  } catch (error) {
    throw toTrpcError(error)
  }
}

/** Somebody who is refused for want of credits sees what is left, in the same header as after a charge. */
async function noteBalances(
  ctx: Context & { customer: BillingCustomer },
  batchIndex: number,
  error: unknown,
): Promise<void> {
  if (billingErrorOf(error)?.kind !== 'exhausted') return
  try {
    const balances = await ctx.metering.balances(ctx.customer)
    note(ctx.answers, batchIndex, { balances: balances.map(toBalanceUpdate) })
  } catch (problem) {
    ctx.logger.warn({ error: problem }, 'api: no balances to tell with a refusal')
  }
}
