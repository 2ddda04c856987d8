import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { ConsoleContext } from './console-variables.ts'

const COOKIE = 'tollgate_console_said'
/** Long enough for the redirect; a message nobody fetched is old. */
const SECONDS = 30
/** A cookie holds 4 096 bytes, and not all characters take one. */
const CHARACTERS_MAX = 600

/** What the page after a form says about it. */
export type Flash = { went: 'well' | 'wrong'; message: string }

/** Has the next page say something. In a cookie, not the address, so that no link can put words into our mouth. */
export function say(context: ConsoleContext, { went, message }: Flash): void {
  setCookie(context, COOKIE, `${went}:${message.slice(0, CHARACTERS_MAX)}`, {
    path: '/console',
    httpOnly: true,
    sameSite: 'Strict',
    maxAge: SECONDS,
  })
}

/** Takes what is to be said; the page after this one says it no more. */
export function heard(context: ConsoleContext): Flash | null {
  const said = getCookie(context, COOKIE)
  if (said === undefined) return null
  deleteCookie(context, COOKIE, { path: '/console' })
  const cut = said.indexOf(':')
  return { went: said.slice(0, cut) === 'well' ? 'well' : 'wrong', message: said.slice(cut + 1) }
}
