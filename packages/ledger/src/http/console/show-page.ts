import { html, raw } from 'hono/html'
import { readFaults } from '../../dev/faults.ts'
import type { Faults } from '../../core/schemas/dev.ts'
import { faultsText } from '../../operator/faults-text.ts'
import type { Ledger } from '../../core/ledger.ts'
import { BRAND_MARK } from '../brand.gen.ts'
import { type Html, pageLayout } from '../page-layout.ts'
import { CONSOLE_STYLE } from './console-style.ts'
import type { ConsoleContext } from './console-variables.ts'
import { consumeFlash, type Flash } from './flash.ts'
import { when } from './page-parts.ts'

const SECTIONS = [
  { path: '/console/customers', name: 'Customers' },
  { path: '/console/usage', name: 'Usage' },
  { path: '/console/webhooks', name: 'Webhooks' },
  { path: '/console/controls', name: 'Clock and faults' },
  { path: '/console/ledger-checks', name: 'Ledger checks' },
] as const

/** The content of a console page, and the section it belongs to. */
export type ConsolePage = {
  title: string
  section: (typeof SECTIONS)[number]['path']
  main: Html
  status?: 200 | 404
}

/** Renders a page below the console's header: sections, ledger time, active faults, the result of the last form. */
export async function showPage(
  ledger: Ledger,
  context: ConsoleContext,
  page: ConsolePage,
): Promise<Response> {
  const faults = await readFaults(ledger, context.get('organizationId'))
  const body = html`<a class="skip" href="#main">Skip to the content</a>
    ${top({ ledger, page, devPanelUrl: context.get('devPanelUrl') })}
    <main id="main">${flashText(consumeFlash(context))} ${faultsNotice(faults)} ${page.main}</main>`
  const layout = pageLayout({
    title: `${page.title} · Billing console`,
    style: CONSOLE_STYLE,
    body,
  })
  return context.html(layout, page.status ?? 200)
}

function top(options: {
  ledger: Ledger
  page: ConsolePage
  devPanelUrl: string | undefined
}): Html {
  const { ledger, page, devPanelUrl } = options
  return html`<header class="top">
    <div>
      <a class="brand" href="/console/customers">${raw(BRAND_MARK)} Billing console</a>
      <span class="ledger-time">Ledger time: ${when(ledger.clock.now())}</span>
      <nav class="sections" aria-label="Sections">
        <ul>
          ${SECTIONS.map(
            ({ path, name }) =>
              html`<li>
                <a href="${path}" ${path === page.section ? html`aria-current="page"` : ''}>
                  ${name}
                </a>
              </li>`,
          )}
          ${devPanelUrl !== undefined && html`<li><a href="${devPanelUrl}">Dev panel</a></li>`}
        </ul>
      </nav>
    </div>
  </header>`
}

function flashText(flash: Flash | null): Html | null {
  if (!flash) return null
  return flash.kind === 'success'
    ? html`<p class="flash" role="status">${flash.message}</p>`
    : html`<p class="flash bad" role="alert">${flash.message}</p>`
}

function faultsNotice(faults: Faults): Html | null {
  const text = faultsText(faults)
  if (text === null) return null
  return html`<p class="faults">
    <strong>Injected faults:</strong> ${text}. <a href="/console/controls">Change</a>
  </p>`
}
