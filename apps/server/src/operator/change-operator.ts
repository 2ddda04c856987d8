import type { Database } from '@tollgate/database'

/** An account as the command shows it before making it an operator. */
export type OperatorAccount = {
  id: string
  name: string
  email: string
  createdAt: Date
  isOperator: boolean
}

/** Finds the account of an address; null for none, and for a guest. */
export async function findOperatorAccount(
  database: Database,
  email: string,
): Promise<OperatorAccount | null> {
  const [account] = await database.query<OperatorAccount>({
    text: `
      select u.id, u.name, u.email, u."createdAt",
        coalesce((select o.change = 'added' from auth_operator_change o where o.user_id = u.id order by o.id desc limit 1),
          false) as "isOperator"
      from auth_user u
      where u.email = lower($1) and not coalesce(u."isAnonymous", false)`,
    values: [email],
  })
  return account ?? null
}

/**
 * Makes an account an operator or revokes that, and records it in the same transaction. An added account counts as confirmed, because the
 * command has verified its owner; its sessions end, so that it signs in as an operator.
 */
export async function changeOperator(
  database: Database,
  account: Pick<OperatorAccount, 'id' | 'email'>,
  { change, changedBy, reason }: { change: 'added' | 'removed'; changedBy: string; reason: string },
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query({
      text: `insert into auth_operator_change (user_id, email, change, changed_by, reason) values ($1, $2, $3, $4, $5)`,
      values: [account.id, account.email, change, changedBy, reason],
    })
    await transaction.query({
      text: `delete from auth_session where "userId" = $1`,
      values: [account.id],
    })
    if (change === 'removed') return
    await transaction.query({
      text: `update auth_user set "emailVerified" = true where id = $1`,
      values: [account.id],
    })
  })
}
