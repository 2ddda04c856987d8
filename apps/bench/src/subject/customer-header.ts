/** Identifies the caller; the benchmark skips sign-in, which would cost every pattern the same. */
export const CUSTOMER_HEADER = 'X-Customer'
