import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { telemetrySettings } from './telemetry/telemetry-settings.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const port = z.coerce.number().int().min(0).max(65_535)
const optionalText = z
  .string()
  .optional()
  .transform((value) => value || undefined)
const otlpAddress = optionalText.refine(
  (value) => value === undefined || /^https?:\/\/[^/]/.test(value),
  'a receiver of OTLP is named as http://host:4318',
)

/** The format of Svix, which Flowglad's SDK requires. */
const WEBHOOK_SECRET = /^whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Shorter tokens can be guessed by brute force. */
const METRICS_TOKEN_LENGTH_MIN = 16

/** Enough for a household, an office or the shared address of a mobile network on an ordinary day. */
const NEW_CUSTOMERS = 50
/** Tests and trials of one developer create far more. */
const NEW_CUSTOMERS_IN_DEVELOPMENT = 5000

/** With less, limits, charts and keys would miss data they are computed from, and yearly plans would be alerted twice. */
const OPERATIONS_KEPT_DAYS_MIN = 92
const ALERTS_KEPT_DAYS_MIN = 370

const variables = z.object({
  NODE_ENV: optionalText,
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  WEB_PORT: port.default(5173),
  BILLING_PORT: port.default(3100),
  BILLING_PUBLIC_URL: optionalText,
  BILLING_GRACE_DAYS: z.coerce.number().int().min(0).max(365).optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: optionalText,
  METERING_DATABASE_URL: optionalText,
  METERING_BUCKETS: z.coerce.number().int().min(1).max(32_767).default(1),
  METERING_PLANNER_SETTINGS: z.enum(['connection', 'database']).default('connection'),
  BILLING_DATABASE_URL: optionalText,
  FLOWGLAD_BASE_URL: optionalText,
  FLOWGLAD_SECRET_KEY: optionalText,
  FLOWGLAD_WEBHOOK_SECRET: optionalText.refine(
    (value) => value === undefined || WEBHOOK_SECRET.test(value),
    'copy it whole from the page of the webhook: whsec_ and padded base64',
  ),
  PUBLIC_URL: optionalText,
  APP_RETURN_URLS: z.string().default('tollgate://checkout'),
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: optionalText,
  OPENAI_MODEL: z.string().default('gpt-5-mini'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  REQUEST_ID_AS_KEY: z.stringbool().default(false),
  BILLED_CALLS_PER_MINUTE: z.coerce.number().int().min(1).default(12_000),
  NEW_CUSTOMERS_PER_ADDRESS_PER_DAY: z.coerce.number().int().min(1).optional(),
  OPEN_OPERATIONS_PER_CUSTOMER: z.coerce.number().int().min(1).default(64),
  STRIPE_SECRET_KEY: optionalText,
  STRIPE_WEBHOOK_SECRET: optionalText,
  DRIFT_CHECK_MINUTES: z.coerce.number().min(0).max(1440).default(15),
  OPERATIONS_KEPT_DAYS: keptDays(OPERATIONS_KEPT_DAYS_MIN).default(400),
  ALERTS_KEPT_DAYS: keptDays(ALERTS_KEPT_DAYS_MIN).default(400),
  SIGN_IN_KEPT_DAYS: keptDays(1).default(30),
  SMTP_URL: optionalText.refine(
    (value) => value === undefined || /^smtps?:\/\/[^/]/.test(value),
    'an SMTP server is named as smtps://user:password@host:465 or smtp://host:587',
  ),
  SMTP_FROM: optionalText,
  METRICS_TOKEN: optionalText.refine(
    (value) => value === undefined || value.length >= METRICS_TOKEN_LENGTH_MIN,
    `a token that opens /metrics has at least ${METRICS_TOKEN_LENGTH_MIN} characters`,
  ),
  TRUST_TRACEPARENT: z.stringbool().optional(),
  OTEL_SDK_DISABLED: z.stringbool().default(false),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpAddress,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: otlpAddress,
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: otlpAddress,
  OTEL_EXPORTER_OTLP_PROTOCOL: optionalText,
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: optionalText,
  OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: optionalText,
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_METRICS_EXPORTER: z.enum(['otlp', 'none']).default('otlp'),
  OTEL_TRACES_SAMPLER: optionalText,
  OTEL_TRACES_SAMPLER_ARG: optionalText,
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce.number().int().min(1000).default(60_000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

const environment = variables.superRefine((values, context) => {
  for (const { variable, message } of telemetrySettings(values).problems) {
    context.addIssue({ code: 'custom', path: [variable], message })
  }
})

/** A number of days with a minimum; 0 keeps everything forever. */
function keptDays(min: number) {
  return z.coerce
    .number()
    .int()
    .refine((days) => days === 0 || days >= min, `keep for at least ${min} days, or 0 for ever`)
    .transform((days) => (days === 0 ? Infinity : days))
}

/** The settings of the server; each has a default, so none is required. */
export type Config = ReturnType<typeof readConfig>

/** Reads the environment; throws `ConfigError` naming every variable that cannot be used. */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const parsed = environment.safeParse(env)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describe))
  const values = parsed.data
  for (const name of ['FLOWGLAD_BASE_URL', 'FLOWGLAD_WEBHOOK_SECRET'] as const) {
    if (!values[name] || values.FLOWGLAD_SECRET_KEY) continue
    throw new ConfigError([`${name} is set, but FLOWGLAD_SECRET_KEY is not; set both`])
  }
  const development = values.NODE_ENV === 'development'
  const publicUrl = originOf(values.PUBLIC_URL ?? `http://localhost:${values.PORT}`)
  return {
    /** Vite's dev server proxies to this one. */
    development,
    /** Stated explicitly; the self-hosted backend then takes no test payments and has no dev controls. */
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    webPort: values.WEB_PORT,
    billingPort: values.BILLING_PORT,
    /** The public address of the self-hosted backend, for people and Stripe; its loopback address when undefined. */
    billingPublicUrl: values.BILLING_PUBLIC_URL,
    /** How many days an unpaid plan stays active in the self-hosted backend. */
    billingGraceDays: values.BILLING_GRACE_DAYS,
    dataDirectory: resolve(ROOT, values.DATA_DIR),
    webDirectory: resolve(ROOT, 'apps/web/dist'),
    databaseUrl: values.DATABASE_URL,
    /** The database of holds and charges; `databaseUrl` when undefined. */
    meteringDatabaseUrl: values.METERING_DATABASE_URL,
    /**
     * The number of buckets that customers are spread over, fixed before the first customer, and where planner settings come from: every
     * connection of the server, or the database as its operator configured it.
     */
    metering: { buckets: values.METERING_BUCKETS, planner: values.METERING_PLANNER_SETTINGS },
    billingDatabaseUrl: values.BILLING_DATABASE_URL,
    /** The hosted service, or your own backend elsewhere; the self-hosted one when undefined. */
    flowglad: values.FLOWGLAD_SECRET_KEY
      ? {
          apiKey: values.FLOWGLAD_SECRET_KEY,
          baseUrl: values.FLOWGLAD_BASE_URL,
          /** Verifies that backend's webhooks, which are ignored without it. */
          webhookSecret: values.FLOWGLAD_WEBHOOK_SECRET,
        }
      : undefined,
    /** Enables real payments in the self-hosted backend, which takes test payments without it. */
    stripe: values.STRIPE_SECRET_KEY
      ? { secretKey: values.STRIPE_SECRET_KEY, webhookSecret: values.STRIPE_WEBHOOK_SECRET }
      : undefined,
    publicUrl,
    /** Sends alerts by e-mail; without it no e-mail is sent. */
    smtp: values.SMTP_URL
      ? {
          smtpUrl: values.SMTP_URL,
          from: values.SMTP_FROM ?? `Tollgate <alerts@${new URL(publicUrl).hostname}>`,
        }
      : undefined,
    /** Addresses of our apps that a checkout may return to. */
    appReturnUrls: appUrlsOf(values.APP_RETURN_URLS),
    openai: values.OPENAI_API_KEY
      ? {
          apiKey: values.OPENAI_API_KEY,
          model: values.OPENAI_MODEL,
          baseUrl: values.OPENAI_BASE_URL,
        }
      : undefined,
    /** How many proxies in front of the server are trusted to report the caller's address. */
    trustedProxies: values.TRUSTED_PROXIES,
    /** Whether `X-Request-Id` substitutes for a missing `Idempotency-Key`; never enable it behind a proxy that sets it. */
    requestIdAsKey: values.REQUEST_ID_AS_KEY,
    /** How many billed calls one customer may make in a minute. */
    billedCallsPerMinute: values.BILLED_CALLS_PER_MINUTE,
    /** How many guests and new accounts one address may create in a day, because each starts with free credits. */
    newCustomersPerAddressPerDay:
      values.NEW_CUSTOMERS_PER_ADDRESS_PER_DAY ??
      (development ? NEW_CUSTOMERS_IN_DEVELOPMENT : NEW_CUSTOMERS),
    /** How many billed calls of one customer may run at the same time in this process. */
    openOperationsPerCustomer: values.OPEN_OPERATIONS_PER_CUSTOMER,
    /** How often usage is compared with the billing backend's, in minutes; 0 disables it. */
    driftCheckMinutes: values.DRIFT_CHECK_MINUTES,
    /** How many days data is kept after its end; Infinity is forever. */
    keptDays: {
      /** Operations and balance changes. The keys of charged operations are kept forever. */
      operations: values.OPERATIONS_KEPT_DAYS,
      alerts: values.ALERTS_KEPT_DAYS,
      /** Sessions, verifications, invitations, API keys and purchase requests. */
      signIn: values.SIGN_IN_KEPT_DAYS,
    },
    /** Enables `/metrics`, which does not exist without it. */
    metricsToken: values.METRICS_TOKEN,
    /** Where spans and metrics are sent; no SDK is loaded when undefined. */
    telemetry: telemetrySettings(values).settings,
    /** Whether a caller's `traceparent` is continued; an untrusted one is only linked. */
    trustTraceparent: values.TRUST_TRACEPARENT ?? development,
    logLevel: values.LOG_LEVEL,
    /** The unparsed environment, for the processes that this one starts. */
    environment: env,
  }
}

/** The environment has a value that cannot be used. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code = 'CONFIG_INVALID'

  constructor(problems: readonly string[]) {
    super(
      `The environment cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
  }
}

function describe(issue: { path: PropertyKey[]; message: string }): string {
  return `${issue.path.join('.')}: ${issue.message}`
}

function originOf(url: string): string {
  if (!URL.canParse(url)) throw new ConfigError([`PUBLIC_URL: "${url}" is not a URL`])
  return new URL(url).origin
}

function appUrlsOf(list: string): string[] {
  const urls = list
    .split(',')
    .map((url) => url.trim())
    .filter(Boolean)
  const wrong = urls.filter((url) => !URL.canParse(url) || url.startsWith('javascript:'))
  if (wrong.length > 0) {
    throw new ConfigError(wrong.map((url) => `APP_RETURN_URLS: "${url}" is not an app's address`))
  }
  return urls
}
