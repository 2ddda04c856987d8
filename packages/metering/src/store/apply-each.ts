import { type BatchResult, type BatchElement, labelOf } from './batch-element.ts'
import type { MeteringDatabase } from './metering-database.ts'

/**
 * The same for less common cases (replays, refusals, several meters, another attempt, late and partial ends): one element at a time, in
 * order, in one statement. Idempotent.
 */
export async function applyEach(
  database: MeteringDatabase,
  bucket: number,
  elements: readonly BatchElement[],
  policy: { staleAfterMs: number; freshForMs: number; attemptsMax: number },
): Promise<BatchResult[]> {
  const { staleAfterMs, freshForMs, attemptsMax } = policy
  const label = labelOf(elements)
  const rows = await database.query<{ answers: BatchResult[] }>({
    name: `metering.apply_each:${label}`,
    text: `/* ${label} */ select metering.apply_each($1::smallint, $2::jsonb, $3::text[], $4::jsonb) as answers`,
    values: [
      bucket,
      JSON.stringify(elements.map(withoutResult)),
      elements.map((element) => (element.kind === 'settle' ? element.result : null)),
      JSON.stringify({ staleAfterMs, freshForMs, attemptsMax }),
    ],
  })
  return rows[0]?.answers ?? []
}

function withoutResult(element: BatchElement): object {
  if (element.kind !== 'settle') return element
  const { result: _result, ...settled } = element
  return settled
}
