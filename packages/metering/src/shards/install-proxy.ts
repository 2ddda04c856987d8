import type { Database } from '@tollgate/database'
import { renderProxyFunctions } from './render-proxy-functions.ts'
import type { Shard } from './shard.ts'

/**
 * Updates a proxy database: the addresses of its shards, and a function for each of their routines. Its owner must be a superuser,
 * because PL/Proxy connects to other servers. The routes of buckets do not change.
 */
export async function installProxy(proxy: Database, shards: readonly Shard[]): Promise<void> {
  const [first] = shards
  if (!first) throw new Error('A proxy database needs at least one shard.')
  const functions = await renderProxyFunctions(first.database)
  const connections = shards.map(({ url }) => connectionOf(url))
  const [login] = connections
  if (connections.some(({ user, password }) => user !== login?.user || password !== login.password))
    throw new Error('The shards have different logins. Give them one, which the proxy keeps.')
  await proxy.transaction(async (transaction) => {
    for (const text of SCHEMA) await transaction.query({ text })
    const [existing] = await transaction.query({
      text: `select 1 from pg_foreign_server where srvname = 'metering'`,
    })
    // All options are replaced, because a shard may have moved to another machine.
    if (existing) await transaction.query({ text: 'drop server metering cascade' })
    const partitions = connections.map(
      ({ target }, shard) => `partition_${shard} ${literal(target)}`,
    )
    await transaction.query({
      text: `create server metering foreign data wrapper plproxy
        options (modular_mapping '1', ${partitions.join(', ')})`,
    })
    await transaction.query({
      text: `create user mapping for public server metering
        options (user ${literal(login?.user ?? '')}, password ${literal(login?.password ?? '')})`,
    })
    for (const text of functions) await transaction.query({ text })
  })
}

/** A proxy database has only the routes; callers retry `cannot_connect_now`, and clients get 503. */
const SCHEMA = [
  'create extension if not exists plproxy',
  'create schema if not exists metering',
  `create table if not exists metering.bucket (
     bucket smallint primary key check (bucket >= 0),
     shard integer check (shard >= 0))`,
  `create or replace function metering.shard_of(p_bucket smallint) returns integer language plpgsql stable as $$
   declare
     v_shard integer;
   begin
     select b.shard into v_shard from metering.bucket b where b.bucket = p_bucket;
     if not found then
       raise exception 'bucket % is not owned by any shard', p_bucket
         using errcode = 'check_violation', constraint = 'bucket_owned';
     end if;
     if v_shard is null then
       raise exception 'bucket % is being moved to another database', p_bucket using errcode = 'cannot_connect_now';
     end if;
     return v_shard;
   end $$`,
]

/** The parts of a shard's address for libpq; all shards use the login of the first. */
function connectionOf(address: string) {
  const url = new URL(address)
  const settings = {
    host: url.hostname,
    port: url.port || '5432',
    dbname: decodeURIComponent(url.pathname.slice(1)),
  }
  return {
    target: Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
