import type { AccountRow } from './account-row.ts'
import type { BatchResult, BatchElement, CommonElement, EndElement } from './batch-element.ts'

/** Parses the lines of `metering.apply_batch`; elements that it left out have no answer. */
export function readBatchAnswers(
  text: string,
  {
    ends,
    places,
  }: { ends: readonly CommonElement<EndElement>[]; places: readonly CommonElement[] },
): Map<BatchElement, BatchResult> {
  const [now = '', ended = '', placed = '', ...lines] = text.split('\n')
  const at = new Date(Number(now)).toISOString()
  const standings = readStandings(lines, [...ends, ...places])
  const answers = new Map<BatchElement, BatchResult>()
  for (const pair of ended === '' ? [] : ended.split(',')) {
    const separator = pair.indexOf(':')
    const one = ends[Number(pair.slice(0, separator)) - 1]
    const standing = one && standings[one.account]
    if (!one || !standing) throw new Error('metering.apply_batch answered for something else.')
    const { element, meter } = one
    const common = { asOf: at, accounts: [standing.account] }
    const charges = [{ meter, amount: Number(pair.slice(separator + 1)) }]
    answers.set(
      element,
      element.kind === 'release'
        ? { kind: 'release', answer: { outcome: 'released', ...common } }
        : {
            kind: 'settle',
            answer: { outcome: 'settled', at, late: false, overrun: 0, charges, ...common },
          },
    )
  }
  for (const { element, account } of placedOf(places, placed)) {
    const answer = {
      outcome: 'placed' as const,
      operationId: element.operationId,
      fence: 1,
      attempt: 1,
      takenOver: false,
      due: standings[account]?.due ?? true,
    }
    answers.set(element, { kind: 'place', answer })
  }
  return answers
}

function placedOf(places: readonly CommonElement[], placed: string): readonly CommonElement[] {
  if (placed === '*') return places
  if (placed === '') return []
  return placed.split(',').flatMap((position) => places[Number(position) - 1] ?? [])
}

type Standing = { account: AccountRow; due: boolean }

function readStandings(lines: readonly string[], elements: readonly CommonElement[]): Standing[] {
  const meters = new Map(elements.map(({ account, meter }) => [account, meter]))
  const standings: Standing[] = []
  for (const line of lines) {
    const [position = 0, syncedBalance = 0, unsynced = 0, held = 0, granted = 0, ...rest] = line
      .split('\t')
      .map(Number)
    const [unlimited, , version = 0, due] = rest
    const meter = meters.get(position)
    if (!meter) continue
    standings[position] = {
      account: {
        meter,
        syncedBalance,
        unsynced,
        held,
        granted,
        unlimited: unlimited === 1,
        version,
      },
      due: due === 1,
    }
  }
  return standings
}
