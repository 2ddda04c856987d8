import { parseSigned } from 'hono/utils/cookie'

const BEARER = /^bearer +(?<token>\S+)$/i

/** The session token in the headers, from the bearer token or else the cookie; null if this server did not sign it. */
export async function readSessionToken(
  headers: Headers,
  { cookie, secret }: { cookie: string; secret: string },
): Promise<string | null> {
  const bearer = BEARER.exec(headers.get('authorization')?.trim() ?? '')?.groups?.['token']
  const byBearer = bearer === undefined ? null : await verified(`${cookie}=${bearer}`)
  return byBearer ?? verified(headers.get('cookie') ?? '')

  async function verified(cookies: string): Promise<string | null> {
    const { [cookie]: token } = await parseSigned(cookies, secret, cookie)
    return token || null
  }
}
