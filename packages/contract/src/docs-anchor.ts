/** Where the guide explains an error, such as `errors#not-durable`; null for errors of others. For developers, not for customers. */
export function docsAnchor(error: unknown): string | null {
  if (!isCoded(error)) return null
  const prefix = PREFIXES.get(error.name)
  if (prefix === undefined) return null
  return `errors#${prefix}${error.code.toLowerCase().replaceAll('_', '-')}`
}

/**
 * Every error class with codes, and the prefix of its anchors: two classes may have the same code. A test compares these names with the
 * code and the page.
 */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['BillingError', ''],
  ['MeteringError', ''],
  ['PriceError', ''],
  ['SetupError', ''],
  ['BillingBackendError', ''],
  ['DriftUnavailableError', ''],
  ['FlowgladWebhookError', ''],
  ['InvalidCreditsError', ''],
  ['InvalidIdError', ''],
  ['PricingFileError', ''],
  ['ConfigError', ''],
  ['BillingStartError', ''],
  ['DatabaseError', ''],
  ['EmbeddedPostgresError', ''],
  ['LedgerError', 'ledger-'],
  ['BackendRefusal', 'ledger-'],
  ['BackendUnreachable', 'cli-'],
  ['UsageError', 'cli-'],
  ['LedgerViolatedError', 'cli-'],
  ['StreamCutError', ''],
  ['IntentNotKeptError', ''],
  ['AuthError', 'sign-in-'],
  ['SignInRefusedError', 'studio-'],
  ['EraseRefusedError', 'erase-'],
])

function isCoded(error: unknown): error is { name: string; code: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'name' in error &&
    typeof error.name === 'string' &&
    'code' in error &&
    typeof error.code === 'string'
  )
}
