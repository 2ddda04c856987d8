import type pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { SQLSTATE } from './sqlstate.ts'
import { recordedChecksums, runFile, type SqlFile } from './sql-file.ts'

/** Replacing a trigger locks its table, while concurrent writers may lock the same tables in another order. */
const DEADLOCKS_MAX = 5

/** The routines of a set, and their version; the version that sorts higher numerically is newer. */
export type RoutineSet = { name: string; version: string; routines: readonly SqlFile[] }

/**
 * Applies the routines whose text has changed and returns their files. Does not touch those of a newer version: older versions run on
 * them, and must not revert what a newer one fixed.
 */
export async function applyRoutines(client: pg.PoolClient, set: RoutineSet): Promise<string[]> {
  if (set.routines.length === 0) return []
  await prepareTables(client)
  for (let deadlocks = 0; ; deadlocks += 1) {
    try {
      return await replaceChanged(client, set)
    } catch (error) {
      if (!isDeadlock(error) || deadlocks === DEADLOCKS_MAX) throw error
      await client.query('rollback')
    }
  }
}

function isDeadlock(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || !(error.cause instanceof Error)) return false
  return 'code' in error.cause && error.cause.code === SQLSTATE.deadlockDetected
}

/** All in one transaction, so that no statement sees a mix of old and new functions. */
async function replaceChanged(
  client: pg.PoolClient,
  { name, version, routines }: RoutineSet,
): Promise<string[]> {
  const installed = await installedVersion(client, name)
  if (installed !== null && byNumbers.compare(installed, version) > 0) return []
  const known = await recordedChecksums(client, 'installed_routine', name)
  const changed = routines.filter(({ file, checksum }) => known.get(file) !== checksum)
  if (changed.length === 0 && installed === version) return []
  await client.query('begin')
  // Functions call each other, so do not check their bodies: the order of creation does not matter.
  await client.query('set local check_function_bodies = off')
  for (const routine of changed) {
    await runFile(client, routine)
    await client.query(
      `insert into installed_routine (set_name, file, checksum) values ($1, $2, $3)
       on conflict (set_name, file) do update set checksum = excluded.checksum, applied_at = now()`,
      [name, routine.file, routine.checksum],
    )
  }
  await client.query(
    `insert into routine_version (set_name, version) values ($1, $2)
     on conflict (set_name) do update set version = excluded.version, applied_at = now()`,
    [name, version],
  )
  await client.query('commit')
  return changed.map(({ file }) => file)
}

/** 0.10.0 is newer than 0.9.0. */
const byNumbers = new Intl.Collator('en', { numeric: true })

async function installedVersion(client: pg.PoolClient, name: string): Promise<string | null> {
  const { rows } = await client.query<{ version: string }>(
    'select version from routine_version where set_name = $1',
    [name],
  )
  return rows[0]?.version ?? null
}

/**
 * Servers from before versions were recorded compare with `routine` and replace what differs. The table stays as their last version left
 * it, so that this version starts and leaves the routines alone; any other is refused before it replaces newer routines.
 */
async function prepareTables(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create table if not exists routine_version (
      set_name text primary key, version text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ isThere: boolean }>(
    `select to_regclass('installed_routine') is not null as "isThere"`,
  )
  if (rows[0]?.isThere) return
  await client.query(`
    begin;
    create table if not exists routine (
      set_name text not null, file text not null, checksum text not null,
      applied_at timestamptz not null default now(), primary key (set_name, file));
    create table installed_routine (like routine including all);
    insert into installed_routine (set_name, file, checksum, applied_at)
      select set_name, file, checksum, applied_at from routine;
    create function refuse_older_server() returns trigger language plpgsql as $$
    begin
      if exists (select from routine_version v where v.set_name = new.set_name) then
        raise exception 'The routines of % are those of a newer version, which this server would replace. Start that version.', new.set_name;
      end if;
      return new;
    end $$;
    create trigger refuse_older_server before insert or update on routine
      for each row execute function refuse_older_server();
    commit`)
}
