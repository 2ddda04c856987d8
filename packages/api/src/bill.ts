import type { BillingCustomer } from '@tollgate/contract'
import type { RunningOperation } from '@tollgate/metering'
import { billingErrorOf, readOperationKey, runBilledTrpc } from '@tollgate/metering/trpc'
import type { MiddlewareResult } from '@trpc/server/unstable-core-do-not-import'
import { note } from './answers.ts'
import type { Context } from './context.ts'
import { quote } from './quote.ts'
import { addressFile } from './results/address-file.ts'
import type { Tariff } from './tariff.ts'
import { toBalanceUpdate } from './to-balance-update.ts'

/** A call that has passed its input and waits to be billed, as tRPC hands it to a middleware. */
type BilledRequest<Result> = {
  tariff: Tariff
  ctx: Context & { customer: BillingCustomer }
  path: string
  /** What the price is computed from. */
  input: unknown
  /** What the caller sent: defaults that are made per call must not turn its retry into another call. */
  sent: unknown
  batchIndex: number
  signal: AbortSignal | undefined
  next: (operation: RunningOperation) => Promise<Result>
}

/** Bills what stands behind it: quote, hold, work, settle. The body of a middleware. */
export async function bill<Result extends MiddlewareResult<object>>(
  request: BilledRequest<Result>,
) {
  const { tariff, ctx, path, batchIndex } = request
  const key = readOperationKey(ctx.headers, batchIndex, {
    acceptRequestId: ctx.acceptRequestIdAsKey,
  })
  const { charges, feature } = await quote(tariff, path, request.input)
  let operationId = ''
  try {
    const result = await runBilledTrpc({
      metering: ctx.metering,
      call: {
        customer: ctx.customer,
        procedure: path,
        key,
        input: request.sent,
        charges,
        feature,
        settle: tariff.settle,
        whenUnavailable: tariff.whenUnavailable,
        deadlineMs: tariff.deadlineMs ?? undefined,
        signal: request.signal,
        collect: !ctx.acceptsStream,
      },
      next: request.next,
      onAnswer: ({ receipt, ...said }) => {
        operationId = said.operationId
        note(ctx.answers, batchIndex, { ...said, ...(receipt ? { receipt } : {}) })
      },
    })
    return result.ok ? { ...result, data: addressFile(result.data, operationId) } : result
  } catch (error) {
    await noteBalances(ctx, batchIndex, error)
    throw error
  }
}

/** A caller who is refused for want of credits sees what is left, in the same header as after a charge. */
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
    ctx.logger.warn({ error: problem }, 'api: a refusal goes out without the balances')
  }
}
