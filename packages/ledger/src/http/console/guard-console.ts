import type { MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { csrf } from 'hono/csrf'
import { pageLayout } from '../page-layout.ts'
import type { LedgerVariables } from '../ledger-variables.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
/** Headers that reveal a proxy in front of the console. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/** Accepts requests from this machine only: the console has no sign-in. */
export const loopbackOnly: MiddlewareHandler<LedgerVariables> = async function loopbackOnly(
  context,
  next,
) {
  // A foreign Host header means DNS rebinding.
  const { hostname } = new URL(context.req.url)
  const forwarded = FORWARDED.some((name) => context.req.header(name) !== undefined)
  if (LOOPBACK.has(hostname) && !forwarded) return next()
  return context.html(
    pageLayout({
      title: 'Console',
      body: html`<main>
        <div class="card">
          <h1>The console is available on this machine only</h1>
          <p>Open it at a loopback address, without a proxy in front.</p>
        </div>
      </main>`,
    }),
    403,
  )
}

/** Accepts forms only from the console's own pages. */
export const ownFormsOnly: MiddlewareHandler = csrf()
