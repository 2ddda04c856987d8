import type { Transaction } from '@tollgate/database'

/** A database or a transaction. */
export type Queryable = Pick<Transaction, 'query'>
