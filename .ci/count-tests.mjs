// Adds up the runners' own JSON reports, prints one line, and fails when anything failed or nothing ran.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [directory, code] = process.argv.slice(2)
const reports = readdirSync(directory)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')))
const passed = sum('numPassedTests')
let failed =
  sum('numFailedTests') + sum('numFailedTestSuites', (report) => report.numFailedTests === 0)
if (code !== '0' && failed === 0) failed = 1

process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0

function sum(field, where = () => true) {
  return reports.filter(where).reduce((total, report) => total + (report[field] ?? 0), 0)
}
