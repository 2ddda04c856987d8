import { writeFileSync } from 'node:fs'
import { readOptions, USAGE } from './options.ts'
import { formatReport } from './report/format-report.ts'
import { runBenchmark } from './run/run-benchmark.ts'

const options = readOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exit(2)
}
const report = await runBenchmark({
  ...options,
  // Progress goes to stderr, so that the table alone can be kept.
  tell: (what) => console.error(`bench: ${what}`),
})
console.log(formatReport(report))
if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`)
const missed = report.goals.filter(({ met }) => !met)
if (options.check && missed.length > 0) {
  console.error(`bench: ${missed.length} of ${report.goals.length} goals missed`)
  process.exitCode = 1
}
