import type { AppRouter } from '@tollgate/api'
import { createTollgateContext } from '@tollgate/client/react'

/** The connection to the product in the name of the session that is signed in. */
export const { TollgateProvider, useTollgate } = createTollgateContext<AppRouter>()
