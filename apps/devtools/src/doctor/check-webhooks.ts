import type { Finding } from './finding.ts'

/** Checks that changes at the billing backend are received at once. */
export function checkWebhooks(
  flowglad: { webhookSecret: string | undefined } | undefined,
): Finding {
  const about = 'Webhooks'
  if (!flowglad) return { about, state: 'ok', detail: 'registered with the self-hosted backend' }
  if (flowglad.webhookSecret) return { about, state: 'ok', detail: 'verified with our secret' }
  return {
    about,
    state: 'warning',
    detail: 'without FLOWGLAD_WEBHOOK_SECRET, changes at Flowglad are seen up to 30 s late',
    fix: 'Add a webhook to /api/webhooks/flowglad there, and set FLOWGLAD_WEBHOOK_SECRET to its secret.',
    docs: 'operate/hosted-flowglad#webhooks',
  }
}
