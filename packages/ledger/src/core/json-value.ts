/** A value for a `jsonb` column. The driver would send a list as an array of PostgreSQL's and a text as it is. */
export function jsonValue(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
