import { billing } from './billing.ts'

/**
 * A procedure that costs credits. The price is an argument, so it cannot be forgotten; the credits are held before the
 * work runs, charged once when it succeeds, released when it throws.
 */
export const billedProcedure = billing.procedure
