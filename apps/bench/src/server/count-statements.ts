import type { RealServer } from './real-server.ts'

/** How often a statement was executed. */
export type Executed = { text: string; calls: number }

/** Starts to count the statements that servers send to their database; the returned function returns those since then. */
export async function countStatements({ product }: RealServer): Promise<() => Promise<Executed[]>> {
  await product.query({ text: 'select pg_stat_statements_reset()' })
  return () =>
    product.query<Executed>({
      text: `select left(regexp_replace(query, '\\s+', ' ', 'g'), 120) as text, sum(calls)::bigint as calls
        from pg_stat_statements
        where dbid = (select oid from pg_database where datname = current_database())
          and query not like '%pg_stat_statements%'
        group by 1 order by 2 desc`,
    })
}
