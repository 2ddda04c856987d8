/** Where a test wants this process to crash; never set outside test mode. */
export function crashAt(): string | undefined {
  return process.env['NODE_ENV'] === 'test' ? process.env['CRASH_AT'] : undefined
}

/**
 * Where the operator's commands find the database: `METERING_DATABASE_URL`, else `DATABASE_URL`, else the embedded one in
 * `DATA_DIR`.
 */
export function databaseLocation(): { databaseUrl: string | null; dataDirectory: string } {
  return {
    databaseUrl: process.env['METERING_DATABASE_URL'] || process.env['DATABASE_URL'] || null,
    dataDirectory: process.env['DATA_DIR'] || '.data',
  }
}
