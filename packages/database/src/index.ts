export { checkDurability } from './check-durability.ts'
export { DatabaseError, type DatabaseErrorCode } from './database-error.ts'
export type { Database, Row, Statement, Transaction } from './database.ts'
export {
  EmbeddedPostgresError,
  type EmbeddedPostgresErrorCode,
} from './embedded/embedded-postgres-error.ts'
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/start-embedded-postgres.ts'
export { ensureDatabase } from './ensure-database.ts'
export { isRetryable, isTransient } from './is-transient.ts'
export { isUnavailable } from './is-unavailable.ts'
export { migrate, migrationsChecksum } from './migrate.ts'
export { hotPathSettings, openDatabase } from './open-database.ts'
export { retryWhileUnavailable } from './retry-while-unavailable.ts'
export { connectAs, type RoleConnection } from './roles/connect-as.ts'
export { provisionRole, type RestrictedRole } from './roles/provision-role.ts'
export { SQLSTATE } from './sqlstate.ts'
export { superuserLogin } from './roles/superuser-login.ts'
export { withOwner } from './with-owner.ts'
