import type { enApiKeys } from './en-api-keys.ts'
import type { Formats } from './formats.ts'

/** The maximum length of an API key's name. */
export const API_KEY_NAME_MAX = 60

/** The lifetimes in days that forms offer for a new key. */
export const API_KEY_LIFETIMES = ['30', '90', '365', 'never'] as const

export type ApiKeyLifetime = (typeof API_KEY_LIFETIMES)[number]

/** A new key as a form holds it; a scope of null allows everything sold. */
type ApiKeyDraft = {
  name: string
  procedures: readonly string[] | null
  meters: readonly string[] | null
  lifetime: ApiKeyLifetime
}

/** The request for a draft; null while its name or a scope is empty. */
export function apiKeyOf({ name, procedures, meters, lifetime }: ApiKeyDraft) {
  if (name.trim() === '' || procedures?.length === 0 || meters?.length === 0) return null
  return {
    name: name.trim(),
    procedures: procedures && [...procedures],
    meters: meters && [...meters],
    expiresInDays: lifetime === 'never' ? null : Number(lifetime),
  }
}

/** The label of a lifetime. */
export function lifetimeLabel(
  lifetime: ApiKeyLifetime,
  { t, f }: { t: typeof enApiKeys; f: Formats },
): string {
  return lifetime === 'never' ? t.apiKeys.never : t.apiKeys.days(f, Number(lifetime))
}

/** Why a key was not created, by the error's code: in an organization, only members who pay for it can create keys. */
export function apiKeyFailure(code: string | undefined, t: typeof enApiKeys): string {
  return code === 'PRECONDITION_FAILED' ? t.apiKeys.personalOnly : t.apiKeys.failed
}
