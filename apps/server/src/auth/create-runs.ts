import { randomBytes, randomUUID } from 'node:crypto'
import type { Runs } from '@tollgate/api'
import type { Database } from '@tollgate/database'
import { hashOfApiKey } from './create-api-keys.ts'

/** The prefix of every run's token. */
export const RUN_TOKEN_PREFIX = 'tollgate_run_'
const TOKEN_BYTES = 32
/** The maximum of open runs; expired and ended ones do not count. */
const RUNS_PER_KEY_MAX = 5000

/** Stores each run's token hash and scope in the database. Runs are not cached, so their end needs no notification. */
export function createRuns({ database }: { database: Database }): Runs {
  return {
    async create(by, { procedures, meters, expiresInSeconds }) {
      const token = `${RUN_TOKEN_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`
      const [row] = await database.query<{ id: string; expires_at: Date }>({
        ...CREATE,
        values: [
          randomUUID(),
          by.id,
          by.runs ?? [],
          hashOfApiKey(token),
          procedures,
          meters,
          expiresInSeconds,
          RUNS_PER_KEY_MAX,
        ],
      })
      return row ? { id: row.id, token, expiresAt: row.expires_at.toISOString() } : null
    },
    async lineage(by, id) {
      const [row] = await database.query<{ lineage: string[] }>({
        ...LINEAGE,
        values: [by.id, id, by.runs ?? []],
      })
      return row?.lineage ?? null
    },
    async end(id) {
      await database.query({ ...END, values: [id] })
    },
  }
}

const CREATE = {
  name: 'auth_create_run',
  text: `
    insert into auth_run as r (id, key_id, ancestors, secret_hash, procedures, meters, expires_at)
    select $1, k.id, $3::uuid[], $4, $5, $6,
      least(now() + $7::integer * interval '1 second', k.expires_at,
        (select min(a.expires_at) from auth_run a where a.id = any ($3::uuid[])))
    from auth_api_key k
    where k.id = $2 and (
      select count(*) from auth_run other
      where other.key_id = k.id and other.ended_at is null and other.expires_at > now()
    ) < $8
    returning r.id, r.expires_at`,
}

const LINEAGE = {
  name: 'auth_run_lineage',
  text: `
    select r.ancestors || r.id as lineage
    from auth_run r
    where r.key_id = $1 and r.id = $2 and r.ancestors || r.id @> $3::uuid[]`,
}

const END = {
  name: 'auth_end_run',
  text: 'update auth_run set ended_at = now() where id = $1 and ended_at is null',
}
