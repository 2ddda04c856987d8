import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { PAGE_STYLE } from './page-style.ts'

/** A piece of a page whose text is already escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** A whole page of ours: works without JavaScript, light and dark, readable by a screen reader. */
export function pageLayout({
  title,
  body,
  style = '',
}: {
  title: string
  body: Html
  /** Rules beside those that all our pages share. */
  style?: string
}): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${raw(PAGE_STYLE + style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`
}

/** Minor units as people read them: 2000 USD is $20.00. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
