/** What a key may call and spend; null for everything that is sold. */
export type ApiKeyScope = { procedures: readonly string[] | null; meters: readonly string[] | null }

/** The key with which a program makes a call, or by which the run was started that makes it. */
export type ApiKey = ApiKeyScope & {
  id: string
  /** The run that makes the call, after the runs above it; absent for a call with the key itself. */
  runs?: readonly string[]
}

/** What is shown of a key; its secret is shown once, when it is created. */
export type ApiKeyRecord = {
  id: string
  name: string
  /** The last characters of the secret. */
  hint: string
  procedures: string[] | null
  meters: string[] | null
  createdAt: string
  /** Null for a key that lasts until it is revoked. */
  expiresAt: string | null
  lastUsedAt: string | null
}

/** What the owner of a key says when creating it. */
export type NewApiKey = ApiKeyScope & { name: string; expiresInDays: number | null }

/** Who pays for the calls of a key. */
export type KeyOwner = { kind: 'user' | 'organization'; id: string }

/** The keys of every account; an owner sees and changes only its own. */
export type ApiKeys = {
  /** Null when the owner has as many keys as it may have. */
  create(owner: KeyOwner, key: NewApiKey): Promise<{ key: ApiKeyRecord; secret: string } | null>
  /** Newest first, expired ones included, revoked ones not. */
  list(owner: KeyOwner): Promise<ApiKeyRecord[]>
  /** What its keys are called, newest first, revoked ones included. */
  names(owner: KeyOwner): Promise<{ id: string; name: string }[]>
  /** Refused by every process from now on; false when the owner has no such key. */
  revoke(owner: KeyOwner, id: string): Promise<boolean>
}
