import { runCommand, runMain } from 'citty'
import { billingCommand } from './cli/billing-command.ts'
import { explain } from './cli/explain.ts'

const rawArgs = process.argv.slice(2)
const asksForHelp = rawArgs.some((argument) => argument === '--help' || argument === '-h')

if (asksForHelp || rawArgs.length === 0) {
  await runMain(billingCommand, { rawArgs: rawArgs.length === 0 ? ['--help'] : rawArgs })
} else {
  try {
    await runCommand(billingCommand, { rawArgs })
  } catch (error) {
    const { text, exitCode } = explain(error, { json: rawArgs.includes('--json') })
    process.stderr.write(`${text}\n`)
    process.exitCode = exitCode
  }
}
