import type { MiddlewareHandler } from 'hono'
import { html } from 'hono/html'
import { csrf } from 'hono/csrf'
import { pageLayout } from '../page-layout.ts'
import type { LedgerVariables } from '../ledger-variables.ts'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
/** A proxy that puts the console on a network gives itself away by these. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/** Lets in who sits at this machine: the console has no sign-in, so nothing else may reach it. */
export const loopbackOnly: MiddlewareHandler<LedgerVariables> = async function loopbackOnly(
  context,
  next,
) {
  // A foreign name in Host means a site that had its name point here (DNS rebinding).
  const { hostname } = new URL(context.req.url)
  const forwarded = FORWARDED.some((name) => context.req.header(name) !== undefined)
  if (LOOPBACK.has(hostname) && !forwarded) return next()
  return context.html(
    pageLayout({
      title: 'Console',
      body: html`<main>
        <div class="card">
          <h1>The console is for this machine alone</h1>
          <p>Open it at a loopback address, without a proxy in front.</p>
        </div>
      </main>`,
    }),
    403,
  )
}

/** Lets a form change something only when it was sent from a page of the console itself. */
export const ownFormsOnly: MiddlewareHandler = csrf()
