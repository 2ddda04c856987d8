// Made from the migrations by `pnpm --filter @tollgate/ledger run tables:gen`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { WebhookType } from './schemas/webhook.ts'

/** Read as a value, written as the text of one: the driver would take a list for an array of PostgreSQL's. */
type Json<T> = ColumnType<T, string, string>

/** The tables of the ledger, by the names that statements use. */
export type Tables = {
  apiKey: {
    keyHash: Buffer
    organizationId: string
    name: string
    createdAt: number
    revokedAt: number | null
  }
  billingPeriod: {
    organizationId: string
    customerId: string
    subscriptionId: string
    id: string
    startsAt: number
    endsAt: number
    trial: Generated<boolean>
    createdAt: number
  }
  checkoutSession: {
    organizationId: string
    customerId: string
    id: string
    pricingModelId: string
    type: 'product' | 'add_payment_method' | 'activate_subscription'
    status: 'open' | 'pending' | 'succeeded' | 'failed' | 'expired'
    priceId: string | null
    quantity: number
    successUrl: string
    cancelUrl: string
    outputName: string | null
    outputMetadata: Json<unknown> | null
    targetSubscriptionId: string | null
    providerReference: string | null
    expiresAt: number
    createdAt: number
    updatedAt: number
    pageUrl: string | null
  }
  clock: {
    onlyRow: Generated<boolean>
    offsetMs: Generated<number>
  }
  clockStep: {
    machineAt: number
    offsetMs: number
  }
  creditGrant: {
    organizationId: string
    customerId: string
    subscriptionId: string
    usageMeterId: string
    id: string
    source: 'plan' | 'topup' | 'grant'
    name: string
    amount: number
    remaining: number
    expiresAt: number | null
    reason: string
    depletedAt: number | null
    closedAt: number | null
    createdAt: number
  }
  customer: {
    organizationId: string
    id: string
    externalId: string
    pricingModelId: string
    email: string
    name: string
    archived: Generated<boolean>
    domain: string | null
    iconUrl: string | null
    logoUrl: string | null
    userId: string | null
    billingAddress: Json<unknown> | null
    invoiceNumberBase: string
    invoicesMade: Generated<number>
    dueAt: number | null
    createdAt: number
    updatedAt: number
  }
  customerMove: {
    organizationId: string
    idempotencyKey: string
    fromCustomerId: string
    toCustomerId: string
    createdAt: number
  }
  devFault: {
    organizationId: string
    failingPayments: Generated<number>
    down: Generated<boolean>
    latencyMs: Generated<number>
    duplicateDeliveries: Generated<boolean>
  }
  feature: {
    organizationId: string
    id: string
    pricingModelId: string
    type: 'toggle' | 'usage_credit_grant' | 'resource'
    slug: string
    name: string
    description: string
    active: Generated<boolean>
    amount: number | null
    usageMeterId: string | null
    renewalFrequency: 'once' | 'every_billing_period' | null
    resourceId: string | null
    position: Generated<number>
    createdAt: number
    updatedAt: number
  }
  invoice: {
    organizationId: string
    customerId: string
    id: string
    invoiceNumber: string
    type: 'subscription' | 'purchase' | 'standalone'
    status: 'open' | 'paid' | 'void' | 'uncollectible' | 'refunded' | 'partially_refunded'
    currency: string
    subtotal: number
    pricingModelId: string
    subscriptionId: string | null
    purchaseId: string | null
    billingPeriodId: string | null
    periodStart: number | null
    periodEnd: number | null
    createdAt: number
    updatedAt: number
  }
  invoiceLine: {
    organizationId: string
    customerId: string
    invoiceId: string
    id: string
    priceId: string | null
    description: string | null
    price: number
    quantity: number
    createdAt: number
  }
  ledgerEntry: {
    organizationId: string
    customerId: string
    subscriptionId: string
    usageMeterId: string
    id: GeneratedAlways<number>
    kind: 'grant' | 'usage' | 'expiry' | 'expiry_reversal' | 'revocation' | 'reversal' | 'transfer_in' | 'transfer_out' | 'settlement'
    debitAccount: string
    creditAccount: string
    amount: number
    creditGrantId: string | null
    usageEventId: string | null
    note: string | null
    occurredAt: number
  }
  meterBalance: {
    organizationId: string
    customerId: string
    subscriptionId: string
    usageMeterId: string
    balance: number
    granted: number
    used: number
    expired: number
  }
  organization: {
    id: string
    name: string
    createdAt: number
  }
  payment: {
    organizationId: string
    customerId: string
    id: string
    reason: 'checkout' | 'start' | 'renewal' | 'adjustment'
    status: 'pending' | 'succeeded' | 'failed' | 'refunded'
    amount: number
    currency: string
    refundedAmount: Generated<number>
    subscriptionId: string | null
    checkoutSessionId: string | null
    billingPeriodId: string | null
    invoiceId: string | null
    failure: string | null
    providerReference: string | null
    attempt: Generated<number>
    nextAttemptAt: number | null
    detail: Json<{ items: { priceId: string; quantity: number }[] }> | null
    createdAt: number
    updatedAt: number
    slot: string | null
    askedAt: number | null
    refundDueAt: number | null
  }
  paymentMethod: {
    organizationId: string
    customerId: string
    id: string
    type: 'card' | 'link' | 'us_bank_account' | 'sepa_debit'
    isDefault: boolean
    billingDetails: Json<unknown>
    paymentMethodData: Json<unknown>
    pricingModelId: string
    providerReference: string | null
    createdAt: number
    updatedAt: number
  }
  price: {
    organizationId: string
    id: string
    pricingModelId: string
    productId: string | null
    usageMeterId: string | null
    type: 'subscription' | 'single_payment' | 'usage'
    slug: string
    name: string | null
    active: Generated<boolean>
    isDefault: Generated<boolean>
    unitPrice: number
    currency: string
    intervalUnit: 'day' | 'week' | 'month' | 'year' | null
    intervalCount: number | null
    trialPeriodDays: number | null
    usageEventsPerUnit: number | null
    createdAt: number
    updatedAt: number
  }
  pricingModel: {
    organizationId: string
    id: string
    name: string
    isDefault: boolean
    fileChecksum: string | null
    createdAt: number
    updatedAt: number
  }
  product: {
    organizationId: string
    id: string
    pricingModelId: string
    slug: string
    name: string
    description: string | null
    imageUrl: string | null
    singularQuantityLabel: string | null
    pluralQuantityLabel: string | null
    active: Generated<boolean>
    isDefault: Generated<boolean>
    position: Generated<number>
    createdAt: number
    updatedAt: number
  }
  productFeature: {
    organizationId: string
    id: string
    productId: string
    featureId: string
    position: Generated<number>
    expiredAt: number | null
    createdAt: number
    updatedAt: number
  }
  purchase: {
    organizationId: string
    customerId: string
    id: string
    priceId: string
    priceType: string
    status: 'open' | 'pending' | 'failed' | 'paid' | 'refunded' | 'partial_refund'
    name: string
    quantity: number
    firstInvoiceValue: number
    pricingModelId: string
    paymentId: string | null
    metadata: Json<unknown> | null
    purchasedAt: number
    createdAt: number
    updatedAt: number
  }
  resource: {
    organizationId: string
    id: string
    pricingModelId: string
    slug: string
    name: string
    active: Generated<boolean>
    createdAt: number
    updatedAt: number
  }
  resourceClaim: {
    organizationId: string
    customerId: string
    subscriptionId: string
    resourceId: string
    subscriptionFeatureId: string
    id: string
    externalId: string | null
    metadata: Json<unknown> | null
    claimedAt: number
    releasedAt: number | null
    releaseReason: string | null
    createdAt: number
    updatedAt: number
  }
  subscription: {
    organizationId: string
    customerId: string
    id: string
    pricingModelId: string
    priceId: string
    name: string
    status: 'trialing' | 'active' | 'past_due' | 'cancellation_scheduled' | 'incomplete' | 'canceled'
    isFreePlan: boolean
    doNotCharge: Generated<boolean>
    intervalUnit: 'day' | 'week' | 'month' | 'year'
    intervalCount: number
    anchorAt: number
    periodIndex: Generated<number>
    periodId: string
    periodStart: number
    periodEnd: number
    trialEnd: number | null
    startedAt: number
    canceledAt: number | null
    cancelScheduledAt: number | null
    cancellationReason: string | null
    replacedBySubscriptionId: string | null
    scheduledItems: Json<{ priceId: string; quantity: number }[]> | null
    scheduledAdjustmentAt: number | null
    paymentMethodId: string | null
    metadata: Json<unknown> | null
    createdAt: number
    updatedAt: number
    graceEndsAt: number | null
  }
  subscriptionFeature: {
    organizationId: string
    customerId: string
    subscriptionId: string
    subscriptionItemId: string
    id: string
    featureId: string
    productFeatureId: string | null
    type: 'toggle' | 'usage_credit_grant' | 'resource'
    amount: number | null
    usageMeterId: string | null
    renewalFrequency: 'once' | 'every_billing_period' | null
    resourceId: string | null
    expiredAt: number | null
    detachedAt: number | null
    detachedReason: string | null
    manuallyCreated: Generated<boolean>
    createdAt: number
    updatedAt: number
  }
  subscriptionItem: {
    organizationId: string
    customerId: string
    subscriptionId: string
    id: string
    priceId: string
    name: string | null
    unitPrice: number
    quantity: number
    addedAt: number
    expiredAt: number | null
    manuallyCreated: Generated<boolean>
    metadata: Json<unknown> | null
    createdAt: number
    updatedAt: number
  }
  usageEvent: {
    organizationId: string
    customerId: string
    subscriptionId: string
    usageMeterId: string
    billingPeriodId: string
    priceId: string
    id: string
    transactionId: string
    amount: number
    usageDate: number
    properties: Json<Record<string, unknown>> | null
    propertiesKey: string | null
    counted: Generated<boolean>
    createdAt: number
  }
  usageMeter: {
    organizationId: string
    id: string
    pricingModelId: string
    slug: string
    name: string
    aggregationType: 'sum' | 'count_distinct_properties'
    position: Generated<number>
    createdAt: number
    updatedAt: number
  }
  webhookDelivery: {
    organizationId: string
    eventId: string
    endpointId: string
    status: 'pending' | 'delivered' | 'failed'
    attempts: Generated<number>
    nextAttemptAt: number | null
    lastStatus: number | null
    lastError: string | null
    deliveredAt: number | null
  }
  webhookEndpoint: {
    organizationId: string
    id: string
    url: string
    secret: string
    eventTypes: WebhookType[]
    active: Generated<boolean>
    createdAt: number
  }
  webhookEvent: {
    organizationId: string
    id: string
    type: WebhookType
    payload: Json<unknown>
    createdAt: number
  }
}
