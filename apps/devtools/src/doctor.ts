import { docsAnchor } from '@tollgate/contract'
import { ConfigError, readConfig } from '@tollgate/server'
import { describeFindings } from './doctor/describe-findings.ts'
import { examine } from './doctor/examine.ts'

// `npm run doctor`: what a server would trip over, and what to do about it.
try {
  const findings = await examine(readConfig())
  process.stdout.write(`${describeFindings(findings)}\n`)
  process.exitCode = findings.some(({ state }) => state === 'problem') ? 1 : 0
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stdout.write(`${error.message}\nGuide: ${docsAnchor(error)}\n`)
  process.exitCode = 1
}
