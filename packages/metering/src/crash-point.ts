import { crashAt } from './config.ts'

/**
 * Dies here when a test has asked for it. `__FAULTS__` is replaced when the server is built for production, and this with
 * every call of it is gone; without that build it only acts in test mode.
 */
export function crashPoint(point: CrashPoint): void {
  if (typeof __FAULTS__ !== 'undefined' && !__FAULTS__) return
  // SIGKILL, because a real crash runs no handlers and flushes no buffers.
  if (crashAt() === point) process.kill(process.pid, 'SIGKILL')
}

/** The labelled moments at which this process may die by its own hand; others are reached from outside, on the wire. */
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
