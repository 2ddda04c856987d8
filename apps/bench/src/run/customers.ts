/** The customers of a run; each is used by one pattern only, so that every charge can be attributed. */
export const CUSTOMERS = {
  spread: Array.from({ length: 100 }, (_, index) => `spread_${index}`),
  hot: ['hot'],
  /** Each with two limits that are never reached. */
  limited: Array.from({ length: 100 }, (_, index) => `limited_${index}`),
  naive: Array.from({ length: 20 }, (_, index) => `naive_${index}`),
  racingBilled: ['racing_billed'],
  racingNaive: ['racing_naive'],
} as const satisfies Record<string, readonly string[]>

/** The customers that metering charged. */
export const BILLED_CUSTOMERS: readonly string[] = [
  ...CUSTOMERS.spread,
  ...CUSTOMERS.hot,
  ...CUSTOMERS.limited,
]
