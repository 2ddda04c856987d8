/** The location of metering's `schema` and `routines`, for `migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })`. */
export const METERING_MIGRATIONS = new URL('../', import.meta.url)
