import type { Finding } from './finding.ts'

/** The minimum of package.json's `engines`. */
const MAJOR = 20
const MINOR = 19

/** Checks that this Node version can run Tollgate. */
export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const about = 'Node'
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) {
    return { about, state: 'ok', detail: version }
  }
  return {
    about,
    state: 'problem',
    detail: `${version} is older than ${MAJOR}.${MINOR}`,
    fix: `Install Node ${MAJOR}.${MINOR} or newer.`,
  }
}
