import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Failure } from './part-result.ts'

/** Vitest's report about its run. */
export type Report = { passed: number; failed: number; failures: Failure[] }

const schema = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/** Reads the report of a Vitest run; null when there is none or it is invalid. */
export function readReport(file: string, root: string): Report | null {
  const text = read(file)
  const parsed = text === null ? null : schema.safeParse(text)
  if (!parsed?.success) return null
  const failures = parsed.data.testResults.flatMap((result) => {
    const name = path.relative(root, result.name)
    const failed = result.assertionResults.filter(({ status }) => status === 'failed')
    // A file that could not be loaded, or whose hook failed, fails without a failed test.
    if (failed.length === 0 && result.status === 'failed') {
      return [{ file: name, title: 'the file', message: result.message ?? '' }]
    }
    return failed.map(({ fullName, failureMessages }) => ({
      file: name,
      title: fullName.trim(),
      message: failureMessages?.join('\n') ?? '',
    }))
  })
  return { passed: parsed.data.numPassedTests, failed: failures.length, failures }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
