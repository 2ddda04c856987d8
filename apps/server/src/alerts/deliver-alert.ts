import { alertMail } from '@tollgate/contract/copy'
import { Webhook } from 'standardwebhooks'
import type { DeliveryResult } from '../deliveries/create-deliverer.ts'
import type { AlertDelivery } from './delivery-rows.ts'
import { postWebhook } from './post-webhook.ts'
import type { SendMail } from './send-mail.ts'

/** The receiver rejects it permanently. */
const GONE = 410

/** What delivery needs. */
export type AlertSender = {
  publicUrl: string
  isDevelopment: boolean
  /** Null if e-mail is not configured. */
  sendMail: SendMail | null
}

/** Sends an alert through its channel, under the alert's own id on every attempt; throws if it should be retried. */
export async function deliverAlert(
  sender: AlertSender,
  delivery: AlertDelivery,
): Promise<DeliveryResult> {
  switch (delivery.channel) {
    case 'email':
      return deliverByMail(sender, delivery)
    case 'webhook':
      return deliverByWebhook(sender, delivery)
  }
}

async function deliverByMail(
  { sendMail, publicUrl }: AlertSender,
  delivery: AlertDelivery,
): Promise<DeliveryResult> {
  const { alertId, email, language, resetsAt } = delivery
  if (!sendMail || email === null) return { failure: 'no verified address', isFinal: true }
  const { hostname } = new URL(publicUrl)
  await sendMail({
    messageId: `<${alertId}@${hostname}>`,
    to: email,
    ...alertMail(
      { ...delivery, resetsAt: resetsAt?.toISOString() ?? null },
      {
        language,
        usageUrl: `${publicUrl}/usage`,
        settingsUrl: `${publicUrl}/usage?view=settings`,
      },
    ),
  })
  return { failure: null, isFinal: true }
}

async function deliverByWebhook(
  { isDevelopment }: AlertSender,
  delivery: AlertDelivery,
): Promise<DeliveryResult> {
  const { alertId, webhookUrl, webhookSecret } = delivery
  if (!webhookUrl || !webhookSecret) return { failure: 'no address', isFinal: true }
  const body = JSON.stringify(payloadOf(delivery))
  const at = new Date()
  const headers = {
    'webhook-id': alertId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(webhookSecret).sign(alertId, at, body),
  }
  const status = await postWebhook(webhookUrl, { headers, body }, { isDevelopment })
  if (status >= 200 && status < 300) return { failure: null, isFinal: true }
  return { failure: `status ${status}`, isFinal: status === GONE }
}

/** The payload of a webhook; the same on every attempt. */
function payloadOf(delivery: AlertDelivery) {
  const { alertId, subject, meter, threshold, period, used, granted, resetsAt, raisedAt } = delivery
  return {
    type: 'alert.raised',
    timestamp: raisedAt.toISOString(),
    data: {
      id: alertId,
      subject,
      meter,
      threshold,
      period,
      used,
      granted,
      resetsAt: resetsAt?.toISOString() ?? null,
    },
  }
}
