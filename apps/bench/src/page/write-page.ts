import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Comparison } from '../compare/comparison.ts'
import { coreTable, serverTable, type Table } from '../compare/format-cells.ts'
import { describeLedger, describeComparison, targetTable } from '../compare/format-comparison.ts'
import { drawComparison } from '../plot/draw-comparison.ts'
import { formatMarkdownTable } from './format-markdown-table.ts'

/** The content of the results page. */
const FILES = { plot: 'performance.svg', figures: 'performance.part.md' } as const

/** Writes a comparison's figures and plot to where the documentation's performance page includes them. */
export function writePage(directory: string, comparison: Comparison): void {
  writeFileSync(path.join(directory, FILES.plot), drawComparison(comparison))
  writeFileSync(path.join(directory, FILES.figures), formatFigures(comparison))
}

function formatFigures(comparison: Comparison): string {
  const table = ({ head, rows }: Table) => formatMarkdownTable(head, rows)
  const sections = [
    asList(describeComparison(comparison)),
    '### Targets',
    table(targetTable(comparison)),
    '### The core',
    table(coreTable(comparison.core)),
    ...(comparison.servers.length > 0
      ? ['### The real server', table(serverTable(comparison.servers))]
      : []),
    '### The ledger',
    asList(describeLedger(comparison).split('\n')),
  ]
  return `${sections.join('\n\n')}\n`
}

function asList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}
