export { type BillingAdminClient, openBillingAdmin } from '../fixtures/billing-admin-client.ts'
export { customerOf, type Guest, guestWith, signInAsGuest } from '../fixtures/guest.ts'
export { startTestServer } from '../fixtures/start-test-server.ts'
