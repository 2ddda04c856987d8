/** The variable with the database server of the run, for workers, child processes and scripts. */
export const TEST_POSTGRES_URL = 'TEST_POSTGRES_URL'

/** URL of the `postgres` database on the server of this run. */
export function testPostgresUrl(): string {
  const url = process.env[TEST_POSTGRES_URL]
  if (url !== undefined && url !== '') return url
  throw new Error(
    `${TEST_POSTGRES_URL} is not set. The test run sets it; in a script, start a server with startEmbeddedPostgres and set it to url('postgres').`,
  )
}

/** The variable with the folder that workers share. */
export const TEST_RUN_FOLDER = 'TEST_RUN_FOLDER'

/** The folder that the workers of this run share; null in a script, which has no workers. */
export function testRunFolder(): string | null {
  return process.env[TEST_RUN_FOLDER] || null
}

/** The browser that the caller insists on. */
export function chromiumPath(): string | undefined {
  return process.env['CHROMIUM_PATH'] || undefined
}

/** The directories that are searched for programs. */
export function searchPath(): string {
  return process.env['PATH'] ?? ''
}

/** The environment of a browser: that of this process, plus what the browser needs. */
export function browserEnvironment(added: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...added }
}

/** The environment of a command whose output goes to a file. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR, ...environment } = process.env
  void FORCE_COLOR
  return { ...environment, NO_COLOR: '1' }
}
