import type { Procedure } from './procedures.ts'

/** What an attacker knows about a victim. */
export type Victim = {
  customerId: string
  subscriptionId: string
  /** The operation key of one of the victim's operations. */
  key: string
  /** The id of that operation. */
  operationId: string
  /** The cursor of a page of the victim's activity. */
  cursor: string
  /** The id of one of the victim's alerts. */
  alertId: string
}

/**
 * The input with which another customer calls an unbilled procedure, with the victim's identifiers wherever the procedure accepts one. A
 * new procedure without a line here fails the matrix, see `ownerInputOf`.
 */
export const OWNER_INPUTS: Record<string, (victim: Victim) => object> = {
  'account.deletion': () => ({}),
  // With `understood: true` it would delete the caller's account and end the matrix.
  'account.delete': () => ({ understood: false }),
  'alerts.list': () => ({}),
  'alerts.markRead': ({ alertId }) => ({ ids: [alertId] }),
  'alerts.dismiss': ({ alertId }) => ({ id: alertId }),
  'alerts.preferences': () => ({}),
  'alerts.setPreferences': () => ({ thresholds: [50] }),
  'alerts.dismissPrompt': () => ({ id: 'critical:api_calls:always' }),
  'billing.balance': () => ({}),
  'billing.catalog': () => ({}),
  'billing.quote': () => ({ path: 'tools.qrCode', input: { text: 'hello' } }),
  'billing.plan': () => ({}),
  'billing.activity': ({ cursor }) => ({ cursor, limit: 100 }),
  'billing.ledger': ({ cursor }) => ({ cursor, limit: 100 }),
  'billing.history': () => ({ days: 90 }),
  'billing.operation': ({ key }) => ({ key, procedure: 'tools.qrCode' }),
  'billing.results': ({ cursor }) => ({ cursor, limit: 24 }),
  'billing.receipt': ({ operationId }) => ({ operationId }),
  'billing.spendCaps': () => ({}),
  'billing.setSpendCap': () => ({ meter: 'api_calls', cap: 7 }),
  'billing.onBalance': () => ({}),
  'billing.checkout': () => ({ priceSlug: 'pro_monthly', returnTo: '/' }),
  'billing.summary': () => ({}),
  'billing.openPayment': () => ({ purpose: 'payment_method', returnTo: '/' }),
  'billing.refresh': () => ({}),
  'billing.previewPlanChange': () => ({ priceSlug: 'pro_monthly' }),
  'billing.changePlan': () => ({ priceSlug: 'pro_monthly' }),
  'billing.cancelPlan': () => ({}),
  'billing.keepPlan': () => ({}),
  'team.askOwner': () => ({ meter: 'api_calls' }),
  'team.openRequests': () => ({}),
  'team.resolveRequest': ({ operationId }) => ({ id: operationId }),
  'account.spenders': () => ({}),
  'limits.list': () => ({}),
  'limits.set': ({ operationId: id }) => ({
    subject: { kind: 'key', id },
    meter: 'api_calls',
    amount: 1,
    period: null,
  }),
  'limits.remove': () => ({ subject: { kind: 'customer' }, meter: 'api_calls' }),
  'apiKeys.create': () => ({ name: 'A program' }),
  'apiKeys.list': () => ({}),
  'apiKeys.revoke': ({ operationId }) => ({ id: operationId }),
  'runs.create': () => ({ limits: { api_calls: 1 } }),
  'runs.left': ({ operationId }) => ({ id: operationId }),
  'runs.end': ({ operationId }) => ({ id: operationId }),
  'text.model': () => ({}),
}

/**
 * The input with which another customer calls a procedure: its author's example if it is billed, otherwise its line here; null without
 * either.
 */
export function ownerInputOf({ path, example }: Procedure, victim: Victim): object | null {
  const given = example ?? OWNER_INPUTS[path]?.(victim)
  return typeof given === 'object' ? given : null
}
