export {
  apiKeySchema,
  planChangeSchema,
  planMigrationSchema,
  type MigratedSubscription,
  verificationSchema,
} from './core/schemas/operator.ts'
export { billingSchema } from './core/schemas/billing.ts'
export { balanceSchema, ledgerEntrySchema } from './core/schemas/credits.ts'
export { foundCustomerSchema } from './core/schemas/customer.ts'
export { devStateSchema, type Faults, faultsSchema } from './core/schemas/dev.ts'
export { dayOfUsageSchema } from './core/schemas/usage.ts'
export { webhookDeliverySchema } from './core/schemas/webhook.ts'
export { balanceChange } from './operator/balance-change.ts'
export { durationMs } from './operator/duration-ms.ts'
export { faultsText } from './operator/faults-text.ts'
export { instantText } from './operator/instant-text.ts'
export { planChangeText } from './operator/plan-change-text.ts'
