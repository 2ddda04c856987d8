/**
 * Where metering's `schema` and `routines` are, for `migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })`.
 */
export const METERING_MIGRATIONS = new URL('../', import.meta.url)
