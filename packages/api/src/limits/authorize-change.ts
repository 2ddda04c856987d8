import type { Context } from '../context.ts'
import { requireBuyer } from '../team/require-buyer.ts'

/** Refuses a member who does not pay, since no one may raise a limit of its own. A person with an account of its own may set its limits. */
export function authorizeChange({ user }: Pick<Context, 'user'>): void {
  if (user?.membership) requireBuyer(user.membership)
}
