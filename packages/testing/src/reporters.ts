import { testReport } from './config.ts'

type Reporters = ('default' | ['json', { outputFile: string }])[]

/** What a run tells: people always, and a JSON file when TEST_REPORT_DIR names a folder for it. */
export function reporters(run: string): Reporters {
  const outputFile = testReport(run)
  return outputFile === undefined ? ['default'] : ['default', ['json', { outputFile }]]
}
