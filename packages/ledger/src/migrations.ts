/** The directory of the ledger's migrations. */
export const MIGRATIONS = new URL('../migrations/', import.meta.url)
