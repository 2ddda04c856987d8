import type { Context } from '../context.ts'
import { requireBuyer } from '../team/require-buyer.ts'

/** Refuses a member who does not pay: no one raises a limit of its own. A person's own account is its own to limit. */
export function authorizeChange({ user }: Pick<Context, 'user'>): void {
  if (user?.membership) requireBuyer(user.membership)
}
