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

/** The keys of every account; a user sees and changes only its own. */
export type ApiKeys = {
  /** Null when the user has as many keys as it may have. */
  create(ownerId: string, key: NewApiKey): Promise<{ key: ApiKeyRecord; secret: string } | null>
  /** Newest first, expired ones included, revoked ones not. */
  list(ownerId: string): Promise<ApiKeyRecord[]>
  /** What its keys are called, newest first, revoked ones included. */
  names(ownerId: string): Promise<{ id: string; name: string }[]>
  /** Refused by every process from now on; false when the user has no such key. */
  revoke(ownerId: string, id: string): Promise<boolean>
}
