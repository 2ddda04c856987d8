import type { CallSubject } from '@tollgate/contract'
import type { Copy } from '../../copy/en.ts'
import type { Outputs } from '../../connection/trpc.ts'

/** Who spends what the account has, by name. */
export type Spenders = Outputs['account']['spenders']

/** The member and the API key of a call; null where there was none. */
export type Spender = { member: string | null; key: string | null }

/** Names whom a call was made by and with; one who has left or is gone is named for that. */
export function spenderOf(
  subjects: readonly CallSubject[],
  spenders: Spenders | undefined,
  words: Copy['operation']['former'],
): Spender {
  const member = subjects.find(({ kind }) => kind === 'member')
  const key = subjects.find(({ kind }) => kind === 'key')
  return {
    member: member ? nameOf(spenders?.members, member.id, words.member) : null,
    key: key ? nameOf(spenders?.keys, key.id, words.key) : null,
  }
}

/** While the names load, none is claimed to be gone. */
function nameOf(
  named: readonly { id: string; name: string }[] | undefined,
  id: string,
  former: string,
): string {
  if (!named) return '…'
  return named.find((one) => one.id === id)?.name ?? former
}
