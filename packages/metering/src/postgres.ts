/** Directory of metering's migrations, for `migrate(database, { directory, name: 'metering' })`. */
export const METERING_MIGRATIONS = new URL('../migrations/', import.meta.url)
