import { describe, expect, it } from 'vitest'
import type { PartResult } from './part-result.ts'
import { renderPlan, renderSummary } from './render-run.ts'

const passed: PartResult = {
  script: 'lint',
  outcome: 'passed',
  seconds: 31,
  passed: 1,
  failed: 0,
  log: 'test-results/lint.log',
  rerun: 'npx -y pnpm@10.34.9 lint',
  failures: [],
}
const failed: PartResult = {
  ...passed,
  script: 'test:unit',
  outcome: 'failed',
  seconds: 190,
  passed: 811,
  failed: 2,
  log: 'test-results/test-unit.log',
  rerun: 'npx -y pnpm@10.34.9 test:unit a.test.ts',
}

describe('renderPlan', () => {
  it('lists the number of parts, their total duration and the folder of their logs', () => {
    const plan = renderPlan(
      [
        { script: 'lint', runner: 'command', seconds: 30 },
        { script: 'test:unit', runner: 'vitest', seconds: 200 },
        { script: 'test:crash', runner: 'vitest', waits: true, seconds: 220 },
      ],
      'test-results',
    )
    expect(plan).toContain('3 parts, about 3 min 50 s')
    expect(plan).toContain('test-results/')
    expect(plan).toMatch(/2 {2}test:unit +about 3 min 20 s/)
  })
})

describe('renderSummary', () => {
  const summary = renderSummary(
    [passed, failed],
    [{ script: 'test:e2e', what: 'left out of this run' }],
    [{ script: 'test:overspend', what: 'long' }],
  )

  it('ends with the count', () => {
    expect(summary.split('\n').slice(-2)).toEqual(['812 passed, 2 failed', ''])
  })

  it('has a row for each part with its log, and the command that reruns what failed', () => {
    expect(summary).toMatch(/test:unit +811 +2 +3 min 10 s +test-results\/test-unit\.log/)
    expect(summary.match(/rerun: .*/g)).toEqual([`rerun: ${failed.rerun}`])
  })

  it('lists what did not run, with the command that runs it', () => {
    expect(summary).toContain('not run: `pnpm test:e2e` (left out of this run)')
    expect(summary).toContain('not run: `pnpm test:overspend` (long)')
  })
})
