import { randomUUID } from 'node:crypto'
import { STATIONS } from '@tollgate/contract'
import type { Fetch } from '@tollgate/http'
import { Hono } from 'hono'
import { z } from 'zod'
import { PERSONAS } from '../seed/personas.ts'
import { createCallers, GUEST } from './create-callers.ts'
import { guardPanel } from './guard-panel.ts'
import { listProcedures } from './list-procedures.ts'
import { type PanelLink, panelPage } from './panel-page.ts'
import type { TraceLog } from '../tracing/trace-log.ts'

const callSchema = z.object({ path: z.string(), persona: z.string(), input: z.unknown() })

/** The page where a developer calls any procedure as anybody and sees where the time went. For this machine alone. */
export function createPanel(options: {
  url: string
  links: readonly PanelLink[]
  log: TraceLog
}): Fetch {
  const { links, log } = options
  const callers = createCallers(options)
  const panel = new Hono().basePath('/dev')
  panel.use(guardPanel())
  panel.get('/', (c) => {
    const nonce = randomUUID()
    const own = `'nonce-${nonce}'`
    c.header(
      'Content-Security-Policy',
      `default-src 'self'; script-src ${own}; style-src ${own}; img-src data:`,
    )
    return c.html(panelPage({ nonce, links }))
  })
  panel.get('/procedures', (c) =>
    c.json({
      procedures: listProcedures(),
      personas: [
        { name: GUEST, shows: 'somebody new' },
        ...PERSONAS.map(({ name, shows }) => ({ name, shows })),
      ],
    }),
  )
  panel.post('/call', async (c) => {
    const { path, persona, input } = callSchema.parse(await c.req.json())
    const procedure = listProcedures().find((candidate) => candidate.path === path)
    if (!procedure) return c.json({ error: `There is no procedure "${path}".` }, 404)
    const answer = await callers.call(persona, { ...procedure, input })
    return c.json(answer)
  })
  panel.get('/traces/:key', (c) => c.json(numbered(log.read(c.req.param('key')))))
  return (request, env) => panel.fetch(request, env)
}

function numbered(seen: ReturnType<TraceLog['read']>) {
  if (!seen) return null
  const trace = seen.trace.map((stay) => ({ number: STATIONS.indexOf(stay.station) + 1, ...stay }))
  return { ...seen, trace }
}
