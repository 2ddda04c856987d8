import { anonymousClient, inferAdditionalFields } from 'better-auth/client/plugins'
import { createAuthClient } from 'better-auth/react'

/** The sign-in client on our own origin, with cookies. */
export const authClient = createAuthClient({
  plugins: [
    anonymousClient(),
    inferAdditionalFields({
      user: { customerId: { type: 'string', input: false } },
      session: { activeOrganizationId: { type: 'string', input: false, required: false } },
    }),
  ],
})
