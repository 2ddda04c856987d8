import { crashAt } from './config.ts'

/**
 * Kills the process here when a test asks for it. The production build replaces `__FAULTS__`, which removes this function and every call
 * of it; other builds act on it only in test mode.
 */
export function crashPoint(point: CrashPoint): void {
  if (typeof __FAULTS__ !== 'undefined' && !__FAULTS__) return
  // SIGKILL, because a real crash runs no handlers and flushes no buffers.
  if (crashAt() === point) process.kill(process.pid, 'SIGKILL')
}

/** The points at which the process may kill itself; other crashes are injected from outside, on the wire. */
export type CrashPoint =
  | 'CP01-before-place'
  | 'CP04-after-place'
  | 'CP05-before-work'
  | 'CP07-after-work'
  | 'CP10-after-settle'
  | 'CP13-before-release'
  | 'CP15-after-release'
  | 'CP16-relay-claimed'
  | 'CP18-relay-answered'
  | 'CP21-chunk-before-watermark'

declare const __FAULTS__: boolean
