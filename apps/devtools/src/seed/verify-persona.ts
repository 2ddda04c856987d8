import type { Database } from '@tollgate/database'
import { emailOf, type Persona } from './personas.ts'

/** Verifies the address of a persona, whose mail is never read. */
export async function verifyPersona(server: Database, persona: Persona): Promise<void> {
  await server.query({
    text: 'update auth_user set "emailVerified" = true where email = $1',
    values: [emailOf(persona)],
  })
}
