/** Prints one line of a run's figures. */
export function say(line: string): void {
  process.stdout.write(`  ${line}\n`)
}

/** The value below which `share` of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
