export { createLedgerApp } from './http/create-ledger-app.ts'
export {
  type BillingServer,
  type BillingServerOptions,
  startBillingServer,
} from './http/start-billing-server.ts'
