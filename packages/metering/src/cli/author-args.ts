import { userInfo } from 'node:os'
import type { ChangeAuthor } from '../admin/change-author.ts'

/** The arguments of every command that changes something; recorded with the change. */
export const AUTHOR_ARGS = {
  reason: {
    type: 'string',
    required: true,
    description: 'Why, in 3 to 500 characters: it is recorded with the change.',
  },
  operator: {
    type: 'string',
    description: 'Who makes the change; otherwise the login of this machine.',
  },
} as const

/** The author of a command's change. Throws unless the reason has 3 to 500 characters. */
export function authorOf(args: { reason: string; operator?: string | undefined }): ChangeAuthor {
  const reason = args.reason.trim()
  if (reason.length < 3 || reason.length > 500) {
    throw new Error('Give a reason of 3 to 500 characters: --reason "the meter exists again".')
  }
  return { operator: args.operator ?? userInfo().username, via: 'command', reason }
}
