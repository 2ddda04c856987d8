/** A value for a `jsonb` column. The driver would send a list as a PostgreSQL array and a string as it is. */
export function jsonValue(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
