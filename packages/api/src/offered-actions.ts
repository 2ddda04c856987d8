import { askInstead, type BillingError } from '@tollgate/contract'
import { allowsExternalPurchase } from './allows-external-purchase.ts'
import type { Context } from './context.ts'

/** A refusal with the actions that the caller may take: by its role in an organization, and by what its device may offer. */
export function offeredActions(
  billing: BillingError,
  ctx: Pick<Context, 'user' | 'headers' | 'publicUrl'>,
): BillingError {
  if (!('actions' in billing)) return billing
  if (ctx.user?.membership?.mayBuy === false) {
    const askUrl = `${ctx.publicUrl}/team`
    const mayAsk = billing.kind === 'not_permitted' && billing.needs === 'buying'
    const actions = mayAsk
      ? [{ type: 'ask_owner', url: askUrl } as const]
      : askInstead(billing.actions, askUrl)
    return { ...billing, actions }
  }
  if (allowsExternalPurchase(ctx.headers)) return billing
  const actions = billing.actions.filter(({ type }) => type === 'wait' || type === 'sign_in')
  return { ...billing, actions }
}
