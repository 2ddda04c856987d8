/** The address of the self-hosted backend, and its key. */
export type BillingAccess = { url: string; apiKey: string }

/** Calls the self-hosted backend directly, as any program with the account's key could. */
export async function askBilling(
  { url, apiKey }: BillingAccess,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: apiKey, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) {
    throw new Error(`The backend answered ${response.status}: ${await response.text()}`)
  }
  return response.json()
}
