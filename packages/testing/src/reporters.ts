import { testReport } from './config.ts'

type Reporters = ('default' | ['json', { outputFile: string }])[]

/** What a run tells: people always, and a JSON file when TEST_REPORT names one. */
export function reporters(): Reporters {
  const outputFile = testReport()
  return outputFile === undefined ? ['default'] : ['default', ['json', { outputFile }]]
}
