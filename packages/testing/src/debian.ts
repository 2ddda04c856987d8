export { findDebianPrograms } from './debian/find-debian-programs.ts'
