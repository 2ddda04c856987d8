import type { AppRouter } from '@tollgate/api'
import { createTollgateContext } from '@tollgate/client/react'

/** The client that acts for the current session. */
export const { TollgateProvider, useTollgate } = createTollgateContext<AppRouter>()
