/** Where the ledger's migrations lie. */
export const MIGRATIONS = new URL('../migrations/', import.meta.url)
