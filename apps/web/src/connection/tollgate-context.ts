import type { AppRouter } from '@tollgate/api'
import { createTollgateContext } from '@tollgate/client/react'

/** The client that all components use: the Studio's own, or that of a story in the gallery. */
export const { TollgateProvider, useTollgate } = createTollgateContext<AppRouter>()
