import type pg from 'pg'

/** One row as the driver returns it. */
export type Row = Record<string, unknown>

/** A statement; with a name it is prepared once per connection. */
export type Statement = { name?: string; text: string; values?: readonly unknown[] }

/** What a unit of work may do between `begin` and `commit`. */
export type Transaction = {
  /** One statement, one round trip; throws once the transaction is over. */
  query<R extends Row>(statement: Statement): Promise<R[]>
}

/** A pool of connections to one PostgreSQL database. */
export type Database = {
  /** One statement, one round trip; prepared under `name` when given. */
  query<R extends Row>(statement: Statement): Promise<R[]>
  /** Runs `work` in a transaction; starts over (up to 5 times) on serialization failures and deadlocks. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /**
   * Listens for `notify` on a dedicated connection, which is restored when lost; returns a function that stops it. Notifications sent
   * meanwhile are lost: `onGap` is called once it listens again.
   */
  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onGap?: () => void,
  ): Promise<() => Promise<void>>
  /** How many `listen` connections are lost and being restored. */
  lostListeners(): number
  /** For libraries with their own SQL. */
  pool: pg.Pool
  /** Closes every connection; safe to call twice. */
  close(): Promise<void>
}
