import type { MeterSlug } from '@tollgate/contract'
import type { AccountRow } from './account-row.ts'
import type { BatchAccounts } from './batch-accounts.ts'
import type { BatchAnswer, BatchElement } from './batch-element.ts'

type Common = { element: BatchElement; meter: MeterSlug }

/** Reads the lines of `metering.apply_batch`; elements that it left out have no answer. */
export function readBatchAnswers(
  text: string,
  { ends, places, accounts }: { ends: Common[]; places: Common[]; accounts: BatchAccounts },
): Map<BatchElement, BatchAnswer> {
  const [now = '', ended = '', placed = '', ...lines] = text.split('\n')
  const at = new Date(Number(now)).toISOString()
  const standings = readStandings(lines, accounts.meters)
  const answers = new Map<BatchElement, BatchAnswer>()
  for (const pair of ended === '' ? [] : ended.split(',')) {
    const separator = pair.indexOf(':')
    const one = ends[Number(pair.slice(0, separator)) - 1]
    const standing = one && standings[accounts.positionOf(one)]
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
  for (const one of placedOf(places, placed)) {
    const answer = {
      outcome: 'placed' as const,
      operationId: one.element.operationId,
      fence: 1,
      attempt: 1,
      degraded: false,
      takenOver: false,
      due: standings[accounts.positionOf(one)]?.due ?? true,
    }
    answers.set(one.element, { kind: 'place', answer })
  }
  return answers
}

function placedOf(places: readonly Common[], placed: string): readonly Common[] {
  if (placed === '*') return places
  if (placed === '') return []
  return placed.split(',').flatMap((position) => places[Number(position) - 1] ?? [])
}

type Standing = { account: AccountRow; due: boolean }

function readStandings(lines: readonly string[], meters: readonly MeterSlug[]): Standing[] {
  const standings: Standing[] = []
  for (const line of lines) {
    const [position = 0, syncedBalance = 0, unsynced = 0, held = 0, granted = 0, ...rest] = line
      .split('\t')
      .map(Number)
    const [unlimited, softLimit, version = 0, due] = rest
    const meter = meters[position - 1]
    if (!meter) continue
    standings[position] = {
      account: {
        meter,
        syncedBalance,
        unsynced,
        held,
        granted,
        unlimited: unlimited === 1,
        softLimit: softLimit === 1,
        version,
      },
      due: due === 1,
    }
  }
  return standings
}
