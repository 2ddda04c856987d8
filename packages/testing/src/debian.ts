export { findDebianPrograms } from './debian/find-debian-programs.ts'
export { type DebianPostgres, startDebianPostgres } from './debian/start-debian-postgres.ts'
