export { findDebianPrograms } from './debian/find-debian-programs.ts'
export { startDebianPostgres } from './debian/start-debian-postgres.ts'
