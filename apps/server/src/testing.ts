export { type BillingDesk, openBillingDesk } from './story/billing-desk.ts'
export { customerOf, type Guest, signInAsGuest } from './story/guest.ts'
export { startTestServer } from './story/start-test-server.ts'
