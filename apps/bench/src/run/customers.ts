/** The customers of a run; none is in two patterns, so that every charge can be attributed. */
export const CUSTOMERS = {
  spread: Array.from({ length: 100 }, (_, index) => `spread_${index}`),
  hot: ['hot'],
  /** With two limits each, as far off as never to be reached. */
  limited: Array.from({ length: 100 }, (_, index) => `limited_${index}`),
  naive: Array.from({ length: 20 }, (_, index) => `naive_${index}`),
  racingBilled: ['racing_billed'],
  racingNaive: ['racing_naive'],
} as const satisfies Record<string, readonly string[]>

/** Those whose charges went through metering. */
export const BILLED_CUSTOMERS: readonly string[] = [
  ...CUSTOMERS.spread,
  ...CUSTOMERS.hot,
  ...CUSTOMERS.limited,
]
