/** What a key may call and spend; null allows everything that is sold. */
export type ApiKeyScope = { procedures: readonly string[] | null; meters: readonly string[] | null }

/** The key of a program's call, or the one by which its run was started. */
export type ApiKey = ApiKeyScope & {
  id: string
  /** The run that makes the call, preceded by the runs above it; absent for a call with the key itself. */
  runs?: readonly string[]
}

/** The visible data of a key; its secret is shown once, when it is created. */
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

/** The owner's choices for a new key. */
export type NewApiKey = ApiKeyScope & { name: string; expiresInDays: number | null }

/** The customer who pays for the calls of a key. */
export type KeyOwner = { kind: 'user' | 'organization'; id: string }

/** The keys of all accounts; an owner sees and changes only its own. */
export type ApiKeys = {
  /** Null when the owner has reached the maximum number of keys. */
  create(owner: KeyOwner, key: NewApiKey): Promise<{ key: ApiKeyRecord; secret: string } | null>
  /** Newest first; includes expired keys, but not revoked ones. */
  list(owner: KeyOwner): Promise<ApiKeyRecord[]>
  /** The names of its keys, newest first, including revoked ones. */
  names(owner: KeyOwner): Promise<{ id: string; name: string }[]>
  /** From now on every process refuses the key; false when the owner has no such key. */
  revoke(owner: KeyOwner, id: string): Promise<boolean>
}
