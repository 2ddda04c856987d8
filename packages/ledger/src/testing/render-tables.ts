import type { Database } from '@tollgate/database'

type Column = {
  table: string
  column: string
  type: string
  required: boolean
  filled: boolean
  counted: boolean
  check: string | null
}

/** Renders the schema of a migrated database as the types of its tables, in the form Kysely takes. */
export async function renderTables(database: Database): Promise<string> {
  const columns = await readColumns(database)
  const bodies = [...new Set(columns.map(({ table }) => table))].map((table) => {
    const own = columns.filter((column) => column.table === table)
    const lines = own.map((column) => `    ${camelCase(column.column)}: ${typeOf(column)}\n`)
    return `  ${camelCase(table)}: {\n${lines.join('')}  }\n`
  })
  return `${HEAD}export type Tables = {\n${bodies.join('')}}\n`
}

const HEAD = `// Made from the migrations by \`pnpm --filter @tollgate/ledger run tables:gen\`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { WebhookType } from './schemas/webhook.ts'

/** Read as a value, written as the text of one: the driver would take a list for an array of PostgreSQL's. */
type Json<T> = ColumnType<T, string, string>

/** The tables of the ledger, by the names that statements use. */
`

function readColumns(database: Database): Promise<Column[]> {
  return database.query<Column>({
    text: `select relation.relname as table, attribute.attname as column,
                  format_type(attribute.atttypid, attribute.atttypmod) as type, attribute.attnotnull as required,
                  attribute.atthasdef as filled, attribute.attidentity <> '' as counted,
                  (select pg_get_constraintdef(oid) from pg_constraint
                   where conrelid = relation.oid and contype = 'c' and conkey = array[attribute.attnum]
                     and pg_get_constraintdef(oid) ~ '= ANY \\(ARRAY') as check
           from pg_attribute attribute
           join pg_class relation on relation.oid = attribute.attrelid
           where relation.relnamespace = current_schema()::regnamespace and relation.relkind = 'r'
             and relation.relname not in ('migration', 'routine')
             and attribute.attnum > 0 and not attribute.attisdropped
           order by relation.relname, attribute.attnum`,
  })
}

function typeOf({ table, column, type, required, filled, counted, check }: Column): string {
  const base = check === null ? plainType(`${table}.${column}`, type) : unionOf(check)
  const read = required ? base : `${base} | null`
  if (counted) return `GeneratedAlways<${read}>`
  return filled ? `Generated<${read}>` : read
}

function unionOf(check: string): string {
  return [...check.matchAll(/'(\w+)'::text/g)].map(([, value]) => `'${value}'`).join(' | ')
}

/** The types of columns that the schema does not specify and the code relies on. */
const CONTENTS = new Map([
  ['payment.detail', '{ items: { priceId: string; quantity: number }[] }'],
  ['subscription.scheduled_items', '{ priceId: string; quantity: number }[]'],
  ['usage_event.properties', 'Record<string, unknown>'],
  ['webhook_endpoint.event_types', 'WebhookType'],
  ['webhook_event.type', 'WebhookType'],
])

function plainType(name: string, type: string): string {
  switch (type) {
    case 'text':
      return CONTENTS.get(name) ?? 'string'
    case 'bigint':
    case 'integer':
      return 'number'
    case 'boolean':
      return 'boolean'
    case 'bytea':
      return 'Buffer'
    case 'text[]':
      return `${CONTENTS.get(name) ?? 'string'}[]`
    case 'jsonb':
      return `Json<${CONTENTS.get(name) ?? 'unknown'}>`
    default:
      throw new Error(`${name} is of type ${type}: say how it is read.`)
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
