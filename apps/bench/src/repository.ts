import { fileURLToPath } from 'node:url'

/** The root of the checkout that this benchmark belongs to. */
export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))
