import type { AppRouter } from '@tollgate/api'
import { createTollgateContext } from '@tollgate/client/react'

/** The connection to the product, for every component: the Studio's own, or the one of a state in the gallery. */
export const { TollgateProvider, useTollgate } = createTollgateContext<AppRouter>()
