import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { formatAgeing } from './ageing/format-ageing.ts'
import { runAgeing } from './ageing/run-ageing.ts'
import { formatComparison } from './compare/format-comparison.ts'
import { runComparison } from './compare/run-comparison.ts'
import { typedIn } from './config.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { writePage } from './page/write-page.ts'
import { formatReport } from './report/format-report.ts'
import { runBenchmark } from './run/run-benchmark.ts'

const options = readOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exit(2)
}
const verdicts = await run(options)
const missed = verdicts.filter(({ met }) => met === false)
if (options.check && missed.length > 0) {
  console.error(`bench: ${missed.length} of ${verdicts.length} goals missed`)
  process.exitCode = 1
}

async function run(given: Options): Promise<readonly { met: boolean | null }[]> {
  const { against, page } = given
  // Progress goes to stderr, so that stdout contains only the table.
  const onProgress = (what: string) => console.error(`bench: ${what}`)
  if (given.ageing !== null) {
    const report = await runAgeing({ ...given, operations: given.ageing, onProgress })
    console.log(formatAgeing(report))
    keep(report)
    return []
  }
  if (against === null) {
    const report = await runBenchmark({ ...given, onProgress })
    console.log(formatReport(report))
    keep(report)
    return report.goals
  }
  const comparison = await runComparison({ ...given, against, onProgress })
  console.log(formatComparison(comparison))
  keep(comparison)
  if (page !== null) writePage(fromHere(page), comparison)
  return comparison.lines
}

function keep(report: unknown): void {
  if (options?.json) writeFileSync(fromHere(options.json), `${JSON.stringify(report, null, 2)}\n`)
}

/** pnpm starts this in the package's directory; paths are relative to where the user ran it. */
function fromHere(file: string): string {
  return path.resolve(typedIn, file)
}
