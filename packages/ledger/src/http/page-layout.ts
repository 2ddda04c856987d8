import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { PAGE_STYLE } from './page-style.ts'

/** Escaped HTML. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** The layout of a page: without JavaScript, light and dark, accessible. */
export function pageLayout({
  title,
  body,
  style = '',
  language = 'en',
}: {
  title: string
  body: Html
  /** Styles in addition to the shared ones. */
  style?: string
  language?: string
}): Html {
  return html`<!doctype html>
    <html lang="${language}">
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

/** Formats minor units: 2000 USD is $20.00. */
export function money(amount: number, currency: string, locale = 'en-US'): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
