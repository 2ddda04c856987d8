import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PRICING_PATH } from '@tollgate/contract/product-pricing'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const environment = z.object({
  NODE_ENV: z.string().optional(),
  BILLING_PORT: z.coerce.number().int().min(0).max(65_535).default(3100),
  BILLING_DATABASE_URL: z.string().min(1).optional(),
  BILLING_DATABASE_ROLE_PASSWORD: z.string().min(1).optional(),
  BILLING_PUBLIC_URL: z.string().min(1).optional(),
  BILLING_GRACE_DAYS: z.coerce.number().int().min(0).max(365).optional(),
  BILLING_PRICING: z.string().min(1).optional(),
  BILLING_PORTAL_URL: z.url().optional(),
  BILLING_RETURN_ORIGINS: z.string().optional(),
  BILLING_WEBHOOK_URL: z.url().optional(),
  BILLING_WEBHOOK_SECRET: z.string().min(1).optional(),
  BILLING_DEV_PANEL_URL: z.url().optional(),
  BILLING_SUPERVISED: z.stringbool().default(false),
  BILLING_URL: z.url().optional(),
  BILLING_API_KEY: z.string().min(1).optional(),
  DATA_DIR: z.string().default('.data'),
  STRIPE_SECRET_KEY: z.string().min(1).optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** All settings of the billing backend; each has a default. */
export type Config = ReturnType<typeof readConfig>

/** Reads the environment; throws with the name of an invalid variable. */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const values = environment.parse(env)
  const dataDirectory = path.resolve(ROOT, values.DATA_DIR)
  return {
    production: values.NODE_ENV === 'production',
    port: values.BILLING_PORT,
    databaseUrl: values.BILLING_DATABASE_URL,
    /** The login password to set for the ledger's role, if `databaseUrl` belongs to a superuser. */
    rolePassword: values.BILLING_DATABASE_ROLE_PASSWORD,
    dataDirectory,
    apiKeyFile: path.join(dataDirectory, 'billing-api-key'),
    publicUrl: values.BILLING_PUBLIC_URL,
    gracePeriodDays: values.BILLING_GRACE_DAYS,
    pricingPath: values.BILLING_PRICING ? path.resolve(ROOT, values.BILLING_PRICING) : PRICING_PATH,
    billingPortalUrl: values.BILLING_PORTAL_URL,
    allowedReturnOrigins: values.BILLING_RETURN_ORIGINS?.split(',').map((origin) => origin.trim()),
    webhook: webhookOf(values),
    devPanelUrl: values.BILLING_DEV_PANEL_URL,
    /** Set when the server started this process, which it then stops over the IPC channel. */
    isSupervised: values.BILLING_SUPERVISED,
    stripeSecretKey: values.STRIPE_SECRET_KEY,
    stripeWebhookSecret: values.STRIPE_WEBHOOK_SECRET,
    logLevel: values.LOG_LEVEL,
    /** For the command line: the backend's URL, and a key that overrides the file's. */
    url: values.BILLING_URL ?? `http://127.0.0.1:${values.BILLING_PORT}`,
    apiKey: values.BILLING_API_KEY,
  }
}

/** The receiver that gets every event from the first start. */
function webhookOf(values: z.output<typeof environment>) {
  const { BILLING_WEBHOOK_URL: url, BILLING_WEBHOOK_SECRET: secret } = values
  return url !== undefined && secret !== undefined ? { url, secret } : undefined
}
