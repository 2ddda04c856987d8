import { readFileSync } from 'node:fs'
import { renderCss } from '@tollgate/brand'
import { html, raw } from 'hono/html'

const STYLE = renderCss() + readFileSync(new URL('page/panel.css', import.meta.url), 'utf8')

/** The HTML document around a page of the dev panel. */
export function pageFrame({
  nonce,
  title,
  body,
}: {
  nonce: string
  title: string
  body: ReturnType<typeof html>
}) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Tollgate</title>
        <style nonce="${nonce}">
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`
}
