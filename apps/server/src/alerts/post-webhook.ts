import { type LookupAddress, lookup as resolve } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './is-public-address.ts'
import { webhookAddressProblem } from './webhook-address.ts'

/** A slower receiver counts as unreachable. */
const TIMEOUT_MS = 5000

/**
 * Posts to a customer's address and returns the status; redirects are not followed, and the response body is not read. Outside development
 * it connects to public addresses only, and checks names when they are resolved, so that DNS rebinding cannot bypass the check.
 */
export function postWebhook(
  address: string,
  message: { headers: Record<string, string>; body: string },
  options: { isDevelopment: boolean },
): Promise<number> {
  const problem = webhookAddressProblem(address, options)
  if (problem) return Promise.reject(new Error(`The address of the webhook ${problem}.`))
  const url = new URL(address)
  return new Promise((settle, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...message.headers },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(options.isDevelopment ? {} : { lookup: lookUpPublic }),
      },
      (response) => {
        settle(response.statusCode ?? 0)
        response.destroy()
      },
    )
    request.once('error', reject)
    request.end(message.body)
  })
}

/** Resolves a name as Node does, and rejects it if any of its addresses is not public. */
const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '')
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new Error(`${hostname} does not resolve to public addresses only.`), '')
    }
    if (options.all) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}
