/** Where a test wants this process to die; never set outside test mode. */
export function crashAt(): string | undefined {
  return process.env['NODE_ENV'] === 'test' ? process.env['CRASH_AT'] : undefined
}

/** Where the operator's commands find the database: `DATABASE_URL`, else the embedded one in `DATA_DIR`. */
export function booksLocation(): { databaseUrl: string | null; dataDirectory: string } {
  return {
    databaseUrl: process.env['DATABASE_URL'] || null,
    dataDirectory: process.env['DATA_DIR'] || '.data',
  }
}
