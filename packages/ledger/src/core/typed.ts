import type { Row } from '@tollgate/database'
import {
  CamelCasePlugin,
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  PostgresAdapter,
  PostgresQueryCompiler,
  QueryCreator,
  type QueryExecutorProvider,
} from 'kysely'
import type { Queryable } from './queryable.ts'
import type { Tables } from './tables.gen.ts'

/**
 * Builds statements that are checked against the schema and runs them on a database or in a transaction. A named statement is prepared once
 * per connection. The only way to count changed rows is `returning`.
 */
export function typed(to: Queryable, name?: string): QueryCreator<Tables> & QueryExecutorProvider {
  const connection = connectionOf(to, name)
  const provider = { provideConnection: <T>(use: Use<T>) => use(connection) }
  const executor = new DefaultQueryExecutor(compiler, adapter, provider, plugins)
  return Object.assign(new QueryCreator<Tables>({ executor }), { getExecutor: () => executor })
}

type Use<T> = (connection: DatabaseConnection) => Promise<T>

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const plugins = [
  // Keys in JSON are kept; `imageURL` and `image_u_r_l` map to each other.
  new CamelCasePlugin({ maintainNestedObjectKeys: true, underscoreBetweenUppercaseLetters: true }),
]

function connectionOf(to: Queryable, name: string | undefined): DatabaseConnection {
  return {
    async executeQuery<R>({ sql: text, parameters: values }: CompiledQuery) {
      return { rows: await to.query<R & Row>({ ...(name && { name }), text, values }) }
    },
    streamQuery() {
      throw new Error('The ledger reads its rows at once; page through them instead.')
    },
  }
}
