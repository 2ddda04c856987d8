import type { Transaction } from '@tollgate/database'

/** Anything statements can be sent to: a database or a transaction in it. */
export type Queryable = Pick<Transaction, 'query'>
