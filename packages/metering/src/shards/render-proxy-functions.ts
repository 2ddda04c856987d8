import type { Database } from '@tollgate/database'

/**
 * Statements that create a PL/Proxy function for every shard routine whose first argument is a bucket: same name, same arguments, run on
 * the shard of the bucket.
 */
export async function renderProxyFunctions(shard: Database): Promise<string[]> {
  const routines = await shard.query<Signature>({ text: SIGNATURES })
  return routines.map(
    ({ name, parameters, result }) =>
      `create or replace function metering.${name}(${parameters}) returns ${result} language plproxy as $$
  cluster 'metering';
  run on metering.shard_of(p_bucket);
$$`,
  )
}

type Signature = { name: string; parameters: string; result: string }

const SIGNATURES = `
  select quote_ident(p.proname) as name, pg_get_function_arguments(p.oid) as parameters, pg_get_function_result(p.oid) as result
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'metering' and p.prokind = 'f' and p.proargnames[1] = 'p_bucket' and p.prorettype <> 'trigger'::regtype
  order by p.proname, p.pronargs`
