import type { Finding } from './finding.ts'

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const

/** The findings as terminal lines, each that is not ok with its fix below. */
export function describeFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap((finding) => {
    const line = `  ${MARKS[finding.state]}  ${finding.about}: ${finding.detail}`
    if (finding.state === 'ok') return [line]
    const guide = finding.docs ? ` Guide: ${finding.docs}` : ''
    return [line, `           → ${finding.fix}${guide}`]
  })
  const problems = findings.filter(({ state }) => state === 'problem').length
  const end = problems === 0 ? 'No problems found.' : `${problems} to fix before you start.`
  return ['', ...lines, '', `  ${end}`, ''].join('\n')
}
