export { createTestDatabase, type TestDatabase } from './create-test-database.ts'
export { testPostgresUrl } from './config.ts'
export { programDatabases } from './program-databases.ts'
