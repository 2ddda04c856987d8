import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Ledger } from '../core/ledger.ts'
import { notFound } from '../core/ledger-error.ts'
import type { ApiKey } from '../core/schemas/operator.ts'
import { typed } from '../core/typed.ts'

/** A tenant of the backend. */
export type Organization = { id: string; name: string; createdAt: number }

/** Finds the organisation of that name, or creates it. */
export async function ensureOrganization(ledger: Ledger, name: string): Promise<Organization> {
  return ledger.database.transaction(async (transaction) => {
    await transaction.query({
      text: 'select pg_advisory_xact_lock(hashtext($1))',
      values: ['organization'],
    })
    const found = await typed(transaction)
      .selectFrom('organization')
      .select(['id', 'name', 'createdAt'])
      .where('name', '=', name)
      .executeTakeFirst()
    if (found) return found
    const made = { id: ledger.newId('org'), name, createdAt: ledger.clock.now() }
    await typed(transaction).insertInto('organization').values(made).execute()
    return made
  })
}

/** Finds the oldest organisation, or null if there is none. */
export async function findFirstOrganization(ledger: Ledger): Promise<Organization | null> {
  const first = await typed(ledger.database)
    .selectFrom('organization')
    .select(['id', 'name', 'createdAt'])
    .orderBy('createdAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
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
  await typed(ledger.database)
    .insertInto('apiKey')
    .values({ keyHash: hashOf(key), organizationId, name, createdAt: ledger.clock.now() })
    .onConflict((known) => known.column('keyHash').doNothing())
    .execute()
}

/** The organisation a key belongs to, and the faults injected for it. */
export type KeyHolder = { organizationId: string; down: boolean; latencyMs: number }

/** Looks up the holder of a key by its hash, so that neither timing nor the index reveals anything about a key. */
export async function findKeyHolder(ledger: Ledger, key: string): Promise<KeyHolder | null> {
  const row = await typed(ledger.database, 'find-key-holder')
    .selectFrom('apiKey')
    .leftJoin('devFault as fault', 'fault.organizationId', 'apiKey.organizationId')
    .select(['apiKey.organizationId', sql<boolean>`coalesce(fault.down, false)`.as('down')])
    .select(sql<number>`coalesce(fault.latency_ms, 0)`.as('latencyMs'))
    .where('apiKey.keyHash', '=', hashOf(key))
    .where('apiKey.revokedAt', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** The prefix of a key's hash, enough to distinguish keys. */
const ID = sql<string>`encode(substring(key_hash for 6), 'hex')`
const API_KEY_COLUMNS = [ID.as('id'), 'name', 'createdAt', 'revokedAt'] as const

/** Lists the API keys of an organisation, newest first. */
export function readApiKeys(ledger: Ledger, organizationId: string): Promise<ApiKey[]> {
  return typed(ledger.database)
    .selectFrom('apiKey')
    .select(API_KEY_COLUMNS)
    .where('organizationId', '=', organizationId)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute()
}

/** Revokes a key; revoking it again changes nothing. */
export async function revokeApiKey(
  ledger: Ledger,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<ApiKey> {
  const now = ledger.clock.now()
  const revoked = await typed(ledger.database)
    .updateTable('apiKey')
    .set(({ fn, val }) => ({ revokedAt: fn.coalesce('revokedAt', val(now)) }))
    .where('organizationId', '=', organizationId)
    .where(ID, '=', id)
    .returning(API_KEY_COLUMNS)
    .executeTakeFirst()
  if (!revoked) throw notFound('API key', id)
  return revoked
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
