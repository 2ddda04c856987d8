import { createHash, randomBytes } from 'node:crypto'
import type { Ledger } from '../core/ledger.ts'
import { notFound } from '../core/ledger-error.ts'
import type { ApiKey } from '../core/schemas/operator.ts'

/** A tenant of the backend. */
export type Organization = { id: string; name: string; createdAt: number }

/** Finds the organisation of that name, or makes it. */
export async function ensureOrganization(ledger: Ledger, name: string): Promise<Organization> {
  return ledger.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'select pg_advisory_xact_lock(hashtext($1))',
      values: ['organization'],
    })
    const [found] = await transaction.query<Organization>({
      text: `select id, name, created_at as "createdAt" from organization where name = $1`,
      values: [name],
    })
    if (found) return found
    const made = { id: ledger.newId('org'), name, createdAt: ledger.clock.now() }
    await transaction.query({
      text: 'insert into organization (id, name, created_at) values ($1, $2, $3)',
      values: [made.id, made.name, made.createdAt],
    })
    return made
  })
}

/** Finds the organisation that was created first, or null while there is none. */
export async function findFirstOrganization(ledger: Ledger): Promise<Organization | null> {
  const [first] = await ledger.database.query<Organization>({
    text: `select id, name, created_at as "createdAt" from organization order by created_at, id limit 1`,
  })
  return first ?? null
}

/** Creates an API key. It is returned once; only its hash is stored. */
export async function createApiKey(
  ledger: Ledger,
  { organizationId, name }: { organizationId: string; name: string },
): Promise<string> {
  const key = `tg_test_${randomBytes(32).toString('base64url')}`
  await registerApiKey(ledger, { organizationId, name, key })
  return key
}

/** Registers an existing key, for example one kept in a file. */
export async function registerApiKey(
  ledger: Ledger,
  { organizationId, name, key }: { organizationId: string; name: string; key: string },
): Promise<void> {
  await ledger.database.query({
    text: `insert into api_key (key_hash, organization_id, name, created_at) values ($1, $2, $3, $4)
           on conflict (key_hash) do nothing`,
    values: [hashOf(key), organizationId, name, ledger.clock.now()],
  })
}

/** The organisation a key belongs to, and the faults injected for it. */
export type KeyHolder = { organizationId: string; down: boolean; latencyMs: number }

/** Finds the holder of a key by its hash, so that neither timing nor the index reveals anything about a key. */
export async function findKeyHolder(ledger: Ledger, key: string): Promise<KeyHolder | null> {
  const [row] = await ledger.database.query<KeyHolder>({
    name: 'find-key-holder',
    text: `select api_key.organization_id as "organizationId", coalesce(fault.down, false) as down,
                  coalesce(fault.latency_ms, 0) as "latencyMs"
           from api_key left join dev_fault fault on fault.organization_id = api_key.organization_id
           where api_key.key_hash = $1 and api_key.revoked_at is null`,
    values: [hashOf(key)],
  })
  return row ?? null
}

/** A key's hash, as far as it takes to tell keys apart. */
const ID = `encode(substring(key_hash for 6), 'hex')`

/** Lists the API keys of an organisation, newest first. */
export function readApiKeys(ledger: Ledger, organizationId: string): Promise<ApiKey[]> {
  return ledger.database.query<ApiKey>({
    text: `select ${ID} as id, name, created_at as "createdAt", revoked_at as "revokedAt"
           from api_key where organization_id = $1 order by created_at desc, id`,
    values: [organizationId],
  })
}

/** Revokes a key; revoking it again changes nothing. */
export async function revokeApiKey(
  ledger: Ledger,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<ApiKey> {
  const [revoked] = await ledger.database.query<ApiKey>({
    text: `update api_key set revoked_at = coalesce(revoked_at, $3)
           where organization_id = $1 and ${ID} = $2
           returning ${ID} as id, name, created_at as "createdAt", revoked_at as "revokedAt"`,
    values: [organizationId, id, ledger.clock.now()],
  })
  if (!revoked) throw notFound('API key', id)
  return revoked
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
