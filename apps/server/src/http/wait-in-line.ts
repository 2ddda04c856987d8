import type { MiddlewareHandler } from 'hono'

/**
 * Works on at most `concurrent` requests at a time and lets up to `waiting` more stand in line, in the order they came. Without it
 * a rush would pile up at the database, where everybody waits too long and nobody is served. A slot is free again once the
 * answer has begun, so streams and subscriptions keep none.
 */
export function waitInLine(options: { concurrent: number; waiting: number }): MiddlewareHandler {
  const line: (() => void)[] = []
  let working = 0

  const leave = () => {
    const next = line.shift()
    // The slot goes from hand to hand, so that nobody who comes now can slip in between.
    if (next) next()
    else working -= 1
  }

  return async function waitInLine(c, next) {
    if (working >= options.concurrent) {
      if (line.length >= options.waiting) return c.json(BUSY, 503, { 'Retry-After': '1' })
      await new Promise<void>((resolve) => line.push(resolve))
    } else working += 1
    try {
      await next()
    } finally {
      leave()
    }
  }
}

const BUSY = { error: 'busy', message: 'Too many calls at the moment. Try again in a second.' }
