import type { Finding } from './finding.ts'

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const

/** The findings as lines for a terminal, what to do below each that is not well. */
export function describeFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap((finding) => {
    const line = `  ${MARKS[finding.state]}  ${finding.about}: ${finding.told}`
    if (finding.state === 'ok') return [line]
    const guide = finding.docs ? ` Guide: ${finding.docs}` : ''
    return [line, `           → ${finding.fix}${guide}`]
  })
  const problems = findings.filter(({ state }) => state === 'problem').length
  const end = problems === 0 ? 'All is well.' : `${problems} to mend before you start.`
  return ['', ...lines, '', `  ${end}`, ''].join('\n')
}
