import { randomUUID } from 'node:crypto'
import { SPAN_NAMES } from '@tollgate/contract'
import type { RequestEnv } from '@tollgate/http'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { PERSONAS } from '../seed/personas.ts'
import type { SpanRecorder } from '../tracing/create-span-recorder.ts'
import { createCallers, GUEST } from './create-callers.ts'
import { loopbackOnly } from './loopback-only.ts'
import { listProcedures } from './list-procedures.ts'
import type { MailOutbox } from './create-mail-outbox.ts'
import { outboxPage } from './outbox-page.ts'
import { type PanelLink, panelPage } from './panel-page.ts'

const callSchema = z.object({ path: z.string(), persona: z.string(), input: z.unknown() })

/** The page at `/dev` where a developer calls any procedure as any persona and sees its timing. Only reachable from this machine. */
export function createPanel(options: {
  url: string
  links: readonly PanelLink[]
  recorder: SpanRecorder
  outbox: MailOutbox
}): Hono<{ Bindings: RequestEnv }> {
  const { url, links, recorder, outbox } = options
  const callers = createCallers(url)
  const panel = new Hono<{ Bindings: RequestEnv }>().basePath('/dev')
  panel.use(loopbackOnly())
  panel.get('/', (c) => c.html(panelPage({ nonce: ownNonce(c), links })))
  panel.get('/outbox', (c) => c.html(outboxPage({ nonce: ownNonce(c), mails: outbox.mails() })))
  panel.get('/procedures', (c) =>
    c.json({
      procedures: listProcedures(),
      personas: [
        { name: GUEST, shows: 'a new customer' },
        ...PERSONAS.map(({ name, shows }) => ({ name, shows })),
      ],
    }),
  )
  panel.post('/call', async (c) => {
    const { path, persona, input } = callSchema.parse(await c.req.json())
    const procedure = listProcedures().find((candidate) => candidate.path === path)
    if (!procedure) return c.json({ error: `There is no procedure "${path}".` }, 404)
    return c.json(await callers.call(persona, { ...procedure, input }))
  })
  panel.get('/files/:persona/:operation', async (c) => {
    const { persona, operation } = c.req.param()
    const { status, headers, body } = await callers.file(persona, operation)
    return new Response(body, {
      status,
      headers: { 'content-type': headers.get('content-type') ?? 'application/octet-stream' },
    })
  })
  panel.get('/traces/:id', (c) => {
    const { spans, delivered } = recorder.read(c.req.param('id'))
    const numbered = spans.map((span) => ({ number: SPAN_NAMES.indexOf(span.span) + 1, ...span }))
    return c.json({ spans: numbered, delivered })
  })
  return panel
}

/** A content security policy that allows only the page's own script and style. */
function ownNonce(c: Context): string {
  const nonce = randomUUID()
  const own = `'nonce-${nonce}'`
  c.header(
    'Content-Security-Policy',
    `default-src 'self'; script-src ${own}; style-src ${own}; img-src data: 'self'`,
  )
  return nonce
}
