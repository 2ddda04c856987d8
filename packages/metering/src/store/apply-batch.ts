import type { MeteringPolicy } from '../policy.ts'
import {
  type BatchResult,
  type BatchElement,
  type CommonElement,
  type EndElement,
  labelOf,
  type PlaceElement,
} from './batch-element.ts'
import { LEFT_OUT } from './create-batcher.ts'
import type { MeteringDatabase } from './metering-database.ts'
import { readBatchAnswers } from './read-batch-answers.ts'

type Policy = Pick<MeteringPolicy, 'leaseMs' | 'resultKeptMs' | 'freshForMs' | 'staleAfterMs'>

/**
 * Settles, releases and places many operations of one bucket in one statement and one commit; one answer each, in order. Leaves less
 * common cases out. Idempotent.
 */
export async function applyBatch(
  database: MeteringDatabase,
  bucket: number,
  elements: readonly BatchElement[],
  policy: Policy,
): Promise<(BatchResult | typeof LEFT_OUT)[]> {
  const { ends, places } = pickCommon(elements)
  const common = [...ends, ...places]
  if (common.length === 0) return elements.map(() => LEFT_OUT)
  const accounts = numberAccounts(common)
  const label = labelOf(common.map(({ element }) => element))
  const rows = await database.query<{ answer: string }>({
    name: `metering.apply_batch:${label}`,
    text: `/* ${label} */ select metering.apply_batch($1::smallint, $2::text[], $3::text[], $4::integer[], $5::uuid[], $6::integer[],
      $7::integer[], $8::boolean[], $9::text[], $10::jsonb[], $11::integer[], $12::uuid[], $13::integer[],
      $14::uuid[], $15::uuid[], $16::text[], $17::text[], $18::bigint[], $19::text[], $20, $21, $22, $23) as answer`,
    values: [
      bucket,
      accounts.map(({ element }) => element.customerId),
      accounts.map(({ meter }) => meter),
      ...endColumns(ends),
      ...placeColumns(places),
      policy.leaseMs,
      policy.resultKeptMs,
      policy.freshForMs,
      policy.staleAfterMs,
    ],
  })
  const answers = readBatchAnswers(rows[0]?.answer ?? '', { ends, places })
  return elements.map((element) => answers.get(element) ?? LEFT_OUT)
}

/** Everything that is the common case as far as can be known without the database. */
function pickCommon(elements: readonly BatchElement[]) {
  const ends: CommonElement<EndElement>[] = []
  const places: CommonElement<PlaceElement & { kind: 'place' }>[] = []
  // A customer's calls are admitted in order: none may overtake one that waits for the second statement.
  const waiting = new Set<string>()
  for (const element of elements) {
    if (element.kind !== 'place') {
      const meter = meterOfEnd(element)
      if (meter !== null) ends.push({ element, meter, account: 0 })
      continue
    }
    const meter = waiting.has(element.customerId) ? null : meterOfCall(element)
    if (meter === null) waiting.add(element.customerId)
    else places.push({ element, meter, account: 0 })
  }
  return { ends, places }
}

function meterOfCall({ charges }: PlaceElement): string | null {
  const [charge, ...further] = charges
  return charge && further.length === 0 ? charge.meter : null
}

function meterOfEnd(element: EndElement): string | null {
  const { meter } = element
  if (element.kind === 'release' || meter === null) return meter
  if (element.chargeKey !== undefined) return null
  return Object.keys(element.amounts).every((name) => name === meter) ? meter : null
}

/**
 * Sets every element's position in the list of distinct accounts, and returns one element per account in that order. All statements lock
 * accounts in the same order: by code unit, as the collation "C" sorts.
 */
function numberAccounts(elements: readonly CommonElement[]): CommonElement[] {
  // A line break sorts before any character of either name.
  const nameOf = ({ element, meter }: CommonElement) => `${element.customerId}\n${meter}`
  const byName = new Map(elements.map((one) => [nameOf(one), one]))
  const names = [...byName.keys()].sort()
  const positions = new Map(names.map((name, index) => [name, index + 1]))
  for (const one of elements) one.account = positions.get(nameOf(one)) ?? 0
  return names.flatMap((name) => byName.get(name) ?? [])
}

function endColumns(ends: readonly CommonElement<EndElement>[]): (unknown[] | null)[] {
  return [
    ends.map(({ account }) => account),
    ends.map(({ element }) => element.operationId),
    ends.map(({ element }) => element.fence),
    ends.map(({ element, meter }) =>
      element.kind === 'settle' ? (element.amounts[meter] ?? null) : null,
    ),
    ends.map(({ element }) => element.kind === 'release'),
    ends.map(({ element }) => (element.kind === 'settle' ? element.result : null)),
    // Skips storing provider costs when there are none.
    ends.some(({ element }) => element.costs)
      ? ends.map(({ element }) => (element.costs ? JSON.stringify(element.costs) : null))
      : null,
  ]
}

function placeColumns(
  places: readonly CommonElement<PlaceElement & { kind: 'place' }>[],
): (unknown[] | null)[] {
  const calls = places.map(({ element }) => element)
  return [
    places.map(({ account }) => account),
    calls.map(({ operationId }) => operationId),
    calls.map(({ charges }) => charges[0]?.hold),
    calls.map(({ key }) => key),
    calls.map(({ fingerprint }) => fingerprint),
    calls.map(({ procedure }) => procedure),
    calls.map(({ feature }) => feature),
    calls.map(({ deadlineMs }) => deadlineMs),
    // Skips the check of limits when there are no subjects.
    calls.some(({ subjects }) => subjects !== null) ? calls.map(({ subjects }) => subjects) : null,
  ]
}
