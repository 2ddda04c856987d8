export type { Mail, SendMail } from './alerts/send-mail.ts'
export { createAccountService } from './account/create-account-service.ts'
export { findLastBackup } from './backup/find-last-backup.ts'
export { recordBackup } from './backup/last-backup.ts'
export { type Config, ConfigError, readConfig } from './config.ts'
export { createLogger } from './create-logger.ts'
export { countDrift, type DriftCounts } from './drift/count-drift.ts'
export { describeDrift, type DriftLine } from './drift/describe-drift.ts'
export { openFlowglad } from './flowglad.server.ts'
export {
  changeOperator,
  findOperatorAccount,
  type OperatorAccount,
} from './operator/change-operator.ts'
export { listOperators } from './operator/list-operators.ts'
export { rotateReceiptKeys } from './receipts/receipt-keys.ts'
export { loadSecrets, SECRETS_FILE } from './load-secrets.ts'
export { selfHostedBackend } from './self-hosted-backend.ts'
