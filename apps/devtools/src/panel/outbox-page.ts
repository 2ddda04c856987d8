import type { Mail } from '@tollgate/server'
import { html } from 'hono/html'
import { pageFrame } from './page-frame.ts'

/** The captured e-mails, newest first. */
export function outboxPage({ nonce, mails }: { nonce: string; mails: readonly Mail[] }) {
  return pageFrame({
    nonce,
    title: 'E-mail outbox',
    body: html`
      <header>
        <h1>E-mail outbox</h1>
        <nav aria-label="Elsewhere"><a href="/dev">Dev panel</a></nav>
      </header>
      <main>
        <div>
          <p class="muted">
            ${
              mails.length === 0
                ? 'No e-mail yet. Mail to accounts comes here while SMTP_URL is not set.'
                : 'Not sent, because SMTP_URL is not set.'
            }
          </p>
          ${mails.map(
            ({ to, subject, text, messageId }, index) =>
              html`<section aria-label="${`${index + 1}: ${subject}`}">
                <h2>${subject}</h2>
                <p class="muted">To ${to} · ${messageId}</p>
                <pre tabindex="0" aria-label="${`Text of ${index + 1}: ${subject}`}">${text}</pre>
              </section>`,
          )}
        </div>
      </main>
    `,
  })
}
