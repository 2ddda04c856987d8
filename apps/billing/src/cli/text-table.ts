/** Rows under their heads, in columns; numbers to the right. */
export function textTable(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  if (rows.length === 0) return 'Nothing.'
  const lines = [heads, ...rows.map((row) => row.map((cell) => textOf(cell)))]
  const widths = heads.map((_head, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines.map((line) => lineOf(line, { widths, first: rows[0] ?? [] })).join('\n')
}

function lineOf(
  line: readonly string[],
  { widths, first }: { widths: number[]; first: readonly (string | number)[] },
): string {
  return line
    .map((cell, column) => {
      const width = widths[column] ?? 0
      return typeof first[column] === 'number' ? cell.padStart(width) : cell.padEnd(width)
    })
    .join('  ')
    .trimEnd()
}

function textOf(cell: string | number): string {
  return typeof cell === 'number' ? cell.toLocaleString('en-US') : cell
}

/** An instant in UTC, to the minute. */
export function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
