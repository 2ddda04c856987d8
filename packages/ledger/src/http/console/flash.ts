import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { ConsoleContext } from './console-variables.ts'

const COOKIE = 'tollgate_console_flash'
/** Long enough for the redirect; an older message is stale. */
const SECONDS = 30
/** A cookie holds 4 096 bytes, and a character may take several. */
const CHARACTERS_MAX = 600

/** The result of a form, shown on the next page. */
export type Flash = { kind: 'success' | 'error'; message: string }

/** Shows a message on the next page. It travels in a cookie, not in the URL, so that no link can forge one. */
export function setFlash(context: ConsoleContext, { kind, message }: Flash): void {
  setCookie(context, COOKIE, `${kind}:${message.slice(0, CHARACTERS_MAX)}`, {
    path: '/console',
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: SECONDS,
  })
}

/** Reads the flash message and clears it. */
export function consumeFlash(context: ConsoleContext): Flash | null {
  const value = getCookie(context, COOKIE)
  if (value === undefined) return null
  deleteCookie(context, COOKIE, { path: '/console' })
  const cut = value.indexOf(':')
  return {
    kind: value.slice(0, cut) === 'success' ? 'success' : 'error',
    message: value.slice(cut + 1),
  }
}
