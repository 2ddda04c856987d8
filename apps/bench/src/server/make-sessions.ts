import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { RealServer } from './real-server.ts'

const secretsSchema = z.object({ auth: z.string() })

/** Creates this many sessions of the guests that no server has seen yet, signed as sign-in does; returns bearer tokens. */
export async function makeSessions(
  { product, dataDirectory }: RealServer,
  count: number,
): Promise<string[]> {
  const secrets: unknown = JSON.parse(
    readFileSync(path.join(dataDirectory, 'secrets.json'), 'utf8'),
  )
  const { auth } = secretsSchema.parse(secrets)
  const tokens = Array.from({ length: count }, () => randomUUID())
  await product.query({
    text: `insert into auth_session (id, "userId", token, "expiresAt")
      select t.token, u.id, t.token, now() + interval '7 days'
      from unnest($1::text[]) with ordinality t (token, position)
      join (select id, row_number() over (order by id) - 1 as position, count(*) over () as users from auth_user) u
        on u.position = t.position % u.users`,
    values: [tokens],
  })
  return tokens.map((token) => encodeURIComponent(`${token}.${sign(token, auth)}`))
}

function sign(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('base64')
}
