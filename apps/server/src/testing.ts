export { type BillingDesk, openBillingDesk } from '../fixtures/billing-desk.ts'
export { customerOf, type Guest, signInAsGuest } from '../fixtures/guest.ts'
export { startTestServer } from '../fixtures/start-test-server.ts'
