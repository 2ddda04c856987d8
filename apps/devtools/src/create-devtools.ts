import type { Around } from '@tollgate/server'
import { createPanel } from './panel/create-panel.ts'
import type { PanelLink } from './panel/panel-page.ts'
import { createTraceLog, type TraceLog } from './tracing/trace-log.ts'
import { watchCalls } from './tracing/watch-calls.ts'

/** What `npm run dev` puts around the server: billed calls are watched, and the panel answers at /dev. */
export function createDevtools(options: { url: string; links?: readonly PanelLink[] }): {
  around: Around
  log: TraceLog
} {
  const log = createTraceLog()
  const watched = watchCalls(log)
  const panel = createPanel({ url: options.url, links: options.links ?? [], log })
  const around: Around = {
    ...watched,
    fetch: (fetch) => {
      const answer = watched.fetch(fetch)
      return (request, env) =>
        /^\/dev(\/|$)/.test(new URL(request.url).pathname)
          ? panel(request, env)
          : answer(request, env)
    },
  }
  return { around, log }
}
