import pg from 'pg'
import type { Database, Transaction } from '../database.ts'

/** What a role may do: `privileges` such as "select, insert" `on` something such as "table note" or "all tables in schema public". */
export type Grant = { privileges: string; on: string }

/** A role without login, superuser rights or ownership, under which one component works. */
export type RestrictedRole = {
  name: string
  grants: readonly Grant[]
  facts?: readonly Facts[]
}

/** Columns of a table that are immutable once inserted, and whether its rows can be deleted. */
export type Facts = {
  schema: string
  table: string
  columns: readonly string[]
  deletable: boolean
}

// An arbitrary constant; without the lock, servers that start together would change the same catalog rows concurrently.
const ROLE_LOCK = 7_423_011_807

/**
 * Creates a role and grants its privileges, as the owner of the tables; idempotent. False if the owner may not create roles and this one
 * does not exist yet.
 */
export async function provisionRole(owner: Database, role: RestrictedRole): Promise<boolean> {
  return owner.transaction(async (transaction) => {
    await transaction.query({ text: 'select pg_advisory_xact_lock($1)', values: [ROLE_LOCK] })
    await createRole(transaction, role.name)
    const found = await transaction.query({
      text: 'select 1 as found from pg_roles where rolname = $1',
      values: [role.name],
    })
    if (found.length === 0) return false
    await allowSwitch(transaction, role.name)
    const name = pg.escapeIdentifier(role.name)
    for (const { privileges, on } of role.grants) {
      await transaction.query({ text: `grant ${privileges} on ${on} to ${name}` })
    }
    for (const facts of role.facts ?? []) await protectFacts(transaction, name, facts)
    return true
  })
}

/** Lets a role log in with a password, so that a component's connection has only that role's privileges. */
export async function allowLogin(
  owner: Database,
  role: { name: string; password: string },
): Promise<void> {
  await owner.transaction(async (transaction) => {
    await transaction.query({ text: 'select pg_advisory_xact_lock($1)', values: [ROLE_LOCK] })
    const [name, password] = [pg.escapeIdentifier(role.name), pg.escapeLiteral(role.password)]
    await transaction.query({ text: `alter role ${name} login password ${password}` })
  })
}

async function createRole(transaction: Transaction, name: string): Promise<void> {
  await transaction.query({
    text: `do $$ begin
             create role ${pg.escapeIdentifier(name)} nologin;
           exception when duplicate_object or unique_violation or insufficient_privilege then null;
           end $$`,
  })
}

/** Since PostgreSQL 16 the creator of a role must grant it to itself before it can switch to it. */
async function allowSwitch(transaction: Transaction, name: string): Promise<void> {
  const role = pg.escapeLiteral(name)
  await transaction.query({
    text: `do $$ begin
             if current_setting('server_version_num')::int >= 160000
                and not pg_has_role(current_user, ${role}, 'set')
                and pg_has_role(current_user, ${role}, 'member with admin option')
             then
               execute format('grant %I to current_user with set true, inherit false', ${role});
             end if;
           end $$`,
  })
}

async function protectFacts(
  transaction: Transaction,
  role: string,
  { schema, table, columns, deletable }: Facts,
): Promise<void> {
  const others = await transaction.query<{ name: string }>({
    text: `select column_name as name from information_schema.columns
           where table_schema = $1 and table_name = $2 and column_name <> all ($3::text[])`,
    values: [schema, table, columns],
  })
  const on = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`
  const lost = deletable ? 'update' : 'update, delete'
  await transaction.query({ text: `revoke ${lost} on ${on} from ${role}` })
  if (others.length === 0) return
  const changeable = others.map(({ name }) => pg.escapeIdentifier(name)).join(', ')
  await transaction.query({ text: `grant update (${changeable}) on ${on} to ${role}` })
}
