import type { CallSubject } from '../spend-limit.ts'
import type { enResults } from './en-results.ts'

/** The names of those who spend an account's credits. */
type Spenders = { members: readonly Named[]; keys: readonly Named[] }

type Named = { id: string; name: string }

/** The member and the API key of a call; null where there was none. */
export type Spender = { member: string | null; key: string | null }

/**
 * Names the member and the API key of a call; one that has left or was deleted is shown as such. `spenders` is undefined while they load.
 */
export function spenderOf(
  subjects: readonly CallSubject[],
  spenders: Spenders | undefined,
  words: (typeof enResults)['operation']['former'],
): Spender {
  const member = subjects.find(({ kind }) => kind === 'member')
  const key = subjects.find(({ kind }) => kind === 'key')
  return {
    member: member ? nameOf(spenders?.members, member.id, words.member) : null,
    key: key ? nameOf(spenders?.keys, key.id, words.key) : null,
  }
}

/** While the names load, none is reported as deleted. */
function nameOf(named: readonly Named[] | undefined, id: string, former: string): string {
  if (!named) return '…'
  return named.find((one) => one.id === id)?.name ?? former
}
