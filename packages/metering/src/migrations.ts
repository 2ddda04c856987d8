/** Directory of metering's migrations, for `migrate(database, { directory: METERING_MIGRATIONS, name: 'metering' })`. */
export const METERING_MIGRATIONS = new URL('../migrations/', import.meta.url)
