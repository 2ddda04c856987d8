import type { Around } from '../around.ts'
import { createPanel } from './panel.ts'
import { createTraceLog, type TraceLog } from './trace-log.ts'
import { watchCalls } from './watch-calls.ts'

/** What `npm run dev` puts around the server: billed calls are watched, and the panel answers at /dev. */
export function createWorkshop(options: { url: string }): { around: Around; log: TraceLog } {
  const log = createTraceLog()
  const watched = watchCalls(log)
  const panel = createPanel({ url: options.url, log })
  const around: Around = {
    ...watched,
    fetch: (fetch) => {
      const answer = watched.fetch(fetch)
      return (request, env) =>
        /^\/dev(\/|$)/.test(new URL(request.url).pathname) ? panel(request) : answer(request, env)
    },
  }
  return { around, log }
}
