import {
  askInstead,
  type BillingAction,
  type BillingError,
  type LimitSubject,
} from '@tollgate/contract'
import { allowsExternalPurchase } from './allows-external-purchase.ts'
import type { Context } from './context.ts'

/** A refusal with the actions that the caller may take, by its role in an organization and by what its device may offer. */
export function offeredActions(
  billing: BillingError,
  ctx: Pick<Context, 'user' | 'headers' | 'publicUrl'>,
): BillingError {
  if (!('actions' in billing)) return billing
  const actions = withRaise(billing, ctx.publicUrl)
  if (ctx.user?.membership?.mayBuy === false) {
    const askUrl = `${ctx.publicUrl}/team`
    const mayAsk = billing.kind === 'not_permitted' && billing.needs === 'buying'
    const asking: BillingAction[] = mayAsk
      ? [{ type: 'ask_owner', url: askUrl }]
      : askInstead(actions, askUrl)
    return { ...billing, actions: asking }
  }
  if (allowsExternalPurchase(ctx.headers)) return { ...billing, actions }
  const free = actions.filter(({ type }) => type === 'wait' || type === 'sign_in')
  return { ...billing, actions: free }
}

/** The actions of a refusal; for a limit that the payer can raise, with the page to do so. */
function withRaise(
  billing: Extract<BillingError, { actions: BillingAction[] }>,
  publicUrl: string,
): BillingAction[] {
  if (billing.kind !== 'limit' || billing.raisedBy !== 'customer') return billing.actions
  const { [billing.subject.kind]: path } = RAISED_AT
  return [{ type: 'raise_cap', url: publicUrl + path }, ...billing.actions]
}

const RAISED_AT = {
  customer: '/usage#spending',
  member: '/team',
  key: '/account/keys',
  run: '/account/keys',
} as const satisfies Record<LimitSubject['kind'], string>
