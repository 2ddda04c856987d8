import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Fetch } from '../around.ts'
import { PERSONAS } from '../seed/personas.ts'
import { createCallers, GUEST } from './callers.ts'
import { guardPanel } from './guard-panel.ts'
import { listProcedures } from './list-procedures.ts'
import { panelPage } from './panel-page.ts'
import type { TraceLog } from './trace-log.ts'

const callSchema = z.object({ path: z.string(), persona: z.string(), input: z.unknown() })

/** The page where a developer calls any procedure as anybody and sees where the time went. For this machine alone. */
export function createPanel(options: { url: string; log: TraceLog }): Fetch {
  const { log } = options
  const callers = createCallers(options)
  const panel = new Hono().basePath('/dev')
  panel.use(guardPanel())
  panel.get('/', (c) => {
    const nonce = randomUUID()
    c.header(
      'Content-Security-Policy',
      `default-src 'self'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`,
    )
    return c.html(panelPage(nonce))
  })
  panel.get('/procedures', (c) =>
    c.json({
      procedures: listProcedures(),
      personas: [GUEST, ...PERSONAS.map(({ name }) => name)],
    }),
  )
  panel.post('/call', async (c) => {
    const { path, persona, input } = callSchema.parse(await c.req.json())
    const procedure = listProcedures().find((candidate) => candidate.path === path)
    if (!procedure) return c.json({ error: `There is no procedure "${path}".` }, 404)
    const answer = await callers.call(persona, { ...procedure, input })
    return c.json(answer)
  })
  panel.get('/traces/:key', (c) => c.json(log.read(c.req.param('key'))))
  return (request) => panel.fetch(request)
}
