import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** The self-hosted backend as its operator uses it: by the console's forms where it has one, else by the API. */
export type BillingDesk = {
  /** Sends a form of the console for the customer. */
  form(externalId: string, verb: string, fields: Record<string, string>): Promise<Response>
  /** Opens the hosted page of a price and answers with its address. */
  openCheckout(externalId: string, priceSlug: string): Promise<string>
  /** Buys a price on the hosted page, without our checkout. */
  buy(externalId: string, priceSlug: string): Promise<void>
  api<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.output<Schema>>
}

/** Opens the desk of the backend at `url`, with the key that its server left in the data directory. */
export function openBillingDesk(options: { url: string; dataDirectory: string }): BillingDesk {
  const { url } = options
  const apiKey = readFileSync(join(options.dataDirectory, 'billing-api-key'), 'utf8').trim()
  const api: BillingDesk['api'] = async (path, schema, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      headers: { authorization: apiKey, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
    return schema.parse(JSON.parse(text))
  }
  const openCheckout: BillingDesk['openCheckout'] = async (customerExternalId, priceSlug) => {
    const returning = { successUrl: `${url}/`, cancelUrl: `${url}/` }
    const checkoutSession = { type: 'product', customerExternalId, priceSlug, ...returning }
    return (await api('/checkout-sessions', openedSchema, { checkoutSession })).url
  }
  return {
    api,
    async form(externalId, verb, fields) {
      const { customer } = await api(`/customers/${externalId}`, foundSchema)
      return fetch(`${url}/console/customers/${customer.id}/${verb}`, {
        method: 'POST',
        headers: { origin: url },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      })
    },
    openCheckout,
    buy: async (externalId, priceSlug) => payAt(await openCheckout(externalId, priceSlug)),
  }
}

/** Pays on the page of a checkout. */
export async function payAt(page: string): Promise<void> {
  const paid = await fetch(`${page}/pay`, { method: 'POST', redirect: 'manual' })
  if (paid.status !== 303) throw new Error(`The payment was answered with ${paid.status}.`)
}

const foundSchema = z.object({ customer: z.object({ id: z.string() }) })
const openedSchema = z.object({ url: z.string() })
