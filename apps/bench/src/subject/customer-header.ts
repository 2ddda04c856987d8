/** Says who is calling; a benchmark needs no sign-in, which would cost every pattern the same. */
export const CUSTOMER_HEADER = 'X-Customer'
