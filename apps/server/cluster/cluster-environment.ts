import { WEBHOOK_PATH } from '../src/webhooks/receive-webhook.ts'

/** The ports of a cluster's processes. */
export type ClusterPorts = { public: number; servers: readonly [number, number]; billing: number }

/** Settings that all processes of a cluster share. */
type Shared = {
  folder: string
  ports: ClusterPorts
  publicUrl: string
  webhookSecret: string
  postgresUrl: (database: string) => string
}

/** The settings of the billing backend, whose webhooks may reach either server. */
export function billingEnvironment(shared: Shared): Record<string, string> {
  return {
    BILLING_PORT: String(shared.ports.billing),
    BILLING_DATABASE_URL: shared.postgresUrl('billing'),
    BILLING_RETURN_ORIGINS: shared.publicUrl,
    BILLING_WEBHOOK_URL: `${shared.publicUrl}${WEBHOOK_PATH}`,
    BILLING_WEBHOOK_SECRET: shared.webhookSecret,
    DATA_DIR: shared.folder,
    LOG_LEVEL: 'warn',
  }
}

/** The settings of one server: servers differ only in their port. */
export function serverEnvironment(
  shared: Shared,
  { port, apiKey }: { port: number; apiKey: string },
): Record<string, string> {
  return {
    PORT: String(port),
    PUBLIC_URL: shared.publicUrl,
    TRUSTED_PROXIES: '1',
    DATA_DIR: shared.folder,
    DATABASE_URL: shared.postgresUrl('tollgate'),
    FLOWGLAD_BASE_URL: `http://127.0.0.1:${shared.ports.billing}`,
    FLOWGLAD_SECRET_KEY: apiKey,
    FLOWGLAD_WEBHOOK_SECRET: shared.webhookSecret,
    LOG_LEVEL: 'warn',
  }
}
