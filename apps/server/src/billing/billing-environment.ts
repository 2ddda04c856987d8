import type { Config } from '../config.ts'
import { WEBHOOK_PATH } from '../webhooks/receive-webhook.ts'

/** Settings of the billing process beyond the environment. */
export type BillingSettings = {
  database: { url: string; rolePassword: string | undefined }
  allowedReturnOrigins: readonly string[]
  webhookSecret: string | undefined
}

/** The environment of the billing process: the server's own, plus its settings. */
export function billingEnvironment(
  config: Config,
  { port, settings }: { port: number; settings: BillingSettings },
): NodeJS.ProcessEnv {
  const { database, allowedReturnOrigins, webhookSecret } = settings
  return {
    ...config.environment,
    BILLING_SUPERVISED: 'true',
    BILLING_PORT: String(port),
    BILLING_DATABASE_URL: database.url,
    BILLING_DATABASE_ROLE_PASSWORD: database.rolePassword,
    BILLING_PORTAL_URL: `${config.publicUrl}/billing`,
    BILLING_RETURN_ORIGINS: allowedReturnOrigins.join(','),
    BILLING_WEBHOOK_URL: webhookSecret && `${ownOrigin(config)}${WEBHOOK_PATH}`,
    BILLING_WEBHOOK_SECRET: webhookSecret,
    BILLING_DEV_PANEL_URL: config.development ? `${ownOrigin(config)}/dev` : undefined,
    DATA_DIR: config.dataDirectory,
  }
}

/** Both run on this machine, so no proxy lies between them. */
function ownOrigin({ host, port }: Config): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
