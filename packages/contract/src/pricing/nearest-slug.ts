/** The known slug closest to a mistyped one, or null when none is close (more than a third of it differs). */
export function nearestSlug(slug: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(slug, candidate) }))
    .toSorted((left, right) => left.distance - right.distance)
  const [best] = ranked
  return best && best.distance <= Math.max(2, slug.length / 3) ? best.candidate : null
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution)
    }
    row = next
  }
  return row[right.length] ?? 0
}
