import type { Guard } from './guard.ts'

/** Turns away paths that nothing can decode: they are the caller's mistake, and a later decoder would call it ours. */
export const readablePath: Guard = ({ url }) => {
  if (!url.includes('%')) return null
  try {
    return decodeURIComponent(new URL(url).pathname).includes('\0') ? UNREADABLE : null
  } catch {
    return UNREADABLE
  }
}

const UNREADABLE = {
  status: 400,
  error: 'bad_request',
  message: 'The path is not a valid URL path.',
} as const
