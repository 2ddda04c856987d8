export { enStatuses } from './copy/en-statuses.ts'
export {
  CARD_PIXELS,
  CARD_SIZES,
  CARD_STYLES,
  type CardSize,
  type CardStyle,
} from './copy/card-options.ts'
export { featureNames, meterNames, meterUnits, procedureNames } from './copy/catalog-names.ts'
export { alertMail } from './copy/alert-mail.ts'
export { deAlerts } from './copy/de-alerts.ts'
export {
  API_KEY_LIFETIMES,
  API_KEY_NAME_MAX,
  apiKeyFailure,
  type ApiKeyLifetime,
  apiKeyOf,
  lifetimeLabel,
} from './copy/api-key-draft.ts'
export { deApiKeys } from './copy/de-api-keys.ts'
export { deLimits } from './copy/de-limits.ts'
export { deMeterUnits } from './copy/de-meter-units.ts'
export { deOffers } from './copy/de-offers.ts'
export { deTeam } from './copy/de-team.ts'
export { describeApiKey } from './copy/describe-api-key.ts'
export { describeRequest } from './copy/describe-request.ts'
export { type BalanceText, describeBalance } from './copy/describe-balance.ts'
export { describeInputErrors } from './copy/describe-input-errors.ts'
export { describeReceipt } from './copy/describe-receipt.ts'
export { describeRefusal } from './copy/describe-refusal.ts'
export { type DescribedResult, describeResult } from './copy/describe-result.ts'
export { enAlerts } from './copy/en-alerts.ts'
export { enApiKeys } from './copy/en-api-keys.ts'
export { enBalance } from './copy/en-balance.ts'
export { enBilling } from './copy/en-billing.ts'
export { enLimits } from './copy/en-limits.ts'
export { enLowBalance } from './copy/en-low-balance.ts'
export { enRefusals } from './copy/en-refusals.ts'
export { enResults } from './copy/en-results.ts'
export { enStudio } from './copy/en-studio.ts'
export { enTeam } from './copy/en-team.ts'
export { estimateTokens } from './copy/estimate-tokens.ts'
export { createFormats, type Formats } from './copy/formats.ts'
export { type MeterParts, meterParts } from './copy/meter-parts.ts'
export { type PlanStatus, planStatus } from './copy/plan-status.ts'
export { type LedgerStatus, ledgerStatus } from './copy/ledger-status.ts'
export { type Spender, spenderOf } from './copy/spender-of.ts'
export type { Words } from './copy/words.ts'
export { teamMail } from './copy/team-mail.ts'
export { verificationMail } from './copy/verification-mail.ts'
