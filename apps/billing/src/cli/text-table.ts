/** A column: its cell for a row. Numbers are right-aligned. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | number>>

/** Formats rows under a header. */
export function textTable<Row>(rows: readonly Row[], columns: Columns<Row>): string {
  if (rows.length === 0) return 'Nothing.'
  const padded = Object.entries(columns).map(([head, show]) => pad(head, rows.map(show)))
  return ['', ...rows]
    .map((_row, line) =>
      padded
        .map((column) => column[line])
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function pad(head: string, cells: readonly (string | number)[]): string[] {
  const texts = [head, ...cells.map((cell) => cell.toLocaleString('en-US'))]
  const width = Math.max(...texts.map((text) => text.length))
  const isNumeric = typeof cells[0] === 'number'
  return texts.map((text) => (isNumeric ? text.padStart(width) : text.padEnd(width)))
}
