/** A column: what it shows of a row. Numbers stand to the right. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | number>>

/** Rows under the names of their columns. */
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
