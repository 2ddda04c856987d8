import { docsAnchor } from '@tollgate/contract'
import { ConfigError, readConfig } from '@tollgate/server'
import { describeFindings } from './doctor/describe-findings.ts'
import { runChecks } from './doctor/run-checks.ts'

// `npm run doctor`: checks what the server needs, and says what to fix.
try {
  const findings = await runChecks(readConfig())
  process.stdout.write(`${describeFindings(findings)}\n`)
  process.exitCode = findings.some(({ state }) => state === 'problem') ? 1 : 0
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stdout.write(`${error.message}\nGuide: ${docsAnchor(error)}\n`)
  process.exitCode = 1
}
