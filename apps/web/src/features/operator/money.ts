/** An amount in minor units of a currency: "$5.00". */
export function money(minor: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(minor / 100)
}

/** Millionths of a dollar with four decimals, because one call costs less than a cent; a dash if unknown. */
export function dollars(micros: number | null): string {
  if (micros === null) return '–'
  const options = { style: 'currency', currency: 'USD', maximumFractionDigits: 4 } as const
  return new Intl.NumberFormat('en', options).format(micros / 1_000_000)
}
